'use client';
import { useQuery } from '@tanstack/react-query';
import { LogIn } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { ErrorState } from '#components/kit/error-state';
import { Button } from '#components/ui/button';
import { ssoQueries, useBeginSso, useSignInByProxy } from '#queries/sso';
import { keepBegun } from './sso-flow';

/** Ways to sign in by somebody else's word, where they are set up. A proxy that names the person is asked at once. */
export function SsoButtons({ next, onSignedIn }: { next: string; onSignedIn: () => void }) {
  const methods = useQuery(ssoQueries.methods());
  const begin = useBeginSso();
  const byProxy = useSignInByProxy();
  const asked = useRef(false);
  const done = useRef(onSignedIn);
  done.current = onSignedIn;
  const { mutate: askProxy } = byProxy;
  useEffect(() => {
    if (!methods.data?.proxy || asked.current) return;
    asked.current = true;
    askProxy(undefined, { onSuccess: () => done.current() });
  }, [methods.data, askProxy]);
  const provider = methods.data?.provider;
  return (
    <>
      {byProxy.isError && <ErrorState error={byProxy.error} />}
      {begin.isError && <ErrorState error={begin.error} />}
      {provider && (
        <Button
          variant="outline"
          size="lg"
          pending={begin.isPending || begin.isSuccess}
          onClick={() =>
            begin.mutate(undefined, {
              onSuccess: ({ url, ticket }) => {
                keepBegun({ ticket, next });
                window.location.assign(url);
              },
            })
          }
        >
          <LogIn />
          Sign in with {provider}
        </Button>
      )}
    </>
  );
}

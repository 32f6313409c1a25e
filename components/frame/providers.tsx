'use client';
import { QueryClientProvider } from '@tanstack/react-query';
import { ThemeProvider } from 'next-themes';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import { LoweringAsker } from '#components/policy/lowering-asker';
import { createQueryClient } from '#queries/query-client';
import { ToastArea } from '../kit/toast';
import { ProofAsker } from './proof-asker';

/** A full page load, so that nothing of the ended session stays in memory. */
function goToSignIn() {
  if (/^\/(sign-in(\/back)?|setup|invite|reset)?$/.test(window.location.pathname)) return;
  const next = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?next=${encodeURIComponent(next)}`);
}

export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  const [queryClient] = useState(() => createQueryClient(goToSignIn));
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      {...(nonce ? { nonce } : {})}
    >
      <QueryClientProvider client={queryClient}>
        <NuqsAdapter>
          {children}
          <ProofAsker />
          <LoweringAsker />
          <ToastArea />
        </NuqsAdapter>
      </QueryClientProvider>
    </ThemeProvider>
  );
}

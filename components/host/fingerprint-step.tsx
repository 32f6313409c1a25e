'use client';
import { ArrowRight, CircleCheck, CircleX, RotateCw } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import type { Host } from '#api/contract/hosts';
import { CodeBlock } from '#components/kit/code-block';
import { ErrorState } from '#components/kit/error-state';
import { FormField } from '#components/kit/form-field';
import { useTeam } from '#components/kit/team-context';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { Input } from '#components/ui/input';
import { Spinner } from '#components/ui/spinner';
import { useScanHostKey, useTrustHostKey } from '#queries/hosts';
import { fingerprintCommand } from './authorized-key';
import { compareFingerprints } from './compare-fingerprints';
import { KeyFingerprint } from './key-fingerprint';
import { LastError } from './last-error';
import { setupHref } from './setup-href';
import { WizardActions, WizardFrame } from './wizard-frame';

/** Third step: is it really that machine? Nothing is sent to it before somebody says so. */
export function FingerprintStep({ host }: { host: Host }) {
  const team = useTeam();
  const router = useRouter();
  const scan = useScanHostKey(team.slug, host.id);
  const trust = useTrustHostKey(team.slug, host.id);
  const [printed, setPrinted] = useState('');
  const key = host.seenKey ?? host.pinnedKey;
  const pinned = host.pinnedKey !== null && host.pinnedKey.fingerprint === key?.fingerprint;

  // Coming here means wanting to see the key: it is asked for once, and again on demand.
  const asked = useRef(false);
  const ask = scan.mutate;
  useEffect(() => {
    if (asked.current || key) return;
    asked.current = true;
    ask();
  }, [ask, key]);

  const next = setupHref(team.slug, host.id, 'install');
  return (
    <WizardFrame
      step="fingerprint"
      title="Is it really this machine?"
      hrefOf={() => `/${team.slug}/hosts/${host.id}/edit`}
    >
      {scan.isPending && (
        <p className="flex items-center gap-2 text-muted-foreground text-sm">
          <Spinner label="Asking" /> Asking {host.address}, port {host.port}, for its key
        </p>
      )}
      {scan.isError && <ErrorState error={scan.error} />}
      {!scan.isPending && !scan.isError && !key && <LastError host={host} />}
      {!key && !scan.isPending && (
        <WizardActions>
          <Button onClick={() => scan.mutate()}>
            <RotateCw />
            Ask again
          </Button>
          <Button asChild variant="ghost">
            <Link href={`/${team.slug}/hosts/${host.id}/edit`}>Change the address</Link>
          </Button>
        </WizardActions>
      )}
      {key && (
        <>
          <p className="text-muted-foreground text-sm">
            <strong className="font-medium text-foreground">{host.address}</strong> shows this key. Compare it
            with what the machine itself says, and you know that nobody is in between.
          </p>
          <KeyFingerprint hostKey={key} />
          {pinned ? (
            <Alert tone="ok" title="This key is trusted and pinned">
              Any other key will be refused until a person decides.
            </Alert>
          ) : (
            <>
              <div className="flex flex-col gap-1.5">
                <p className="text-sm">
                  Run this on the machine’s own console, or where you are signed in to it already:
                </p>
                <CodeBlock
                  code={fingerprintCommand(key.type)}
                  label="command that prints the fingerprint"
                  wrap
                />
              </div>
              <Comparison fingerprint={key.fingerprint} printed={printed} onPrinted={setPrinted} />
              {trust.isError && <ErrorState error={trust.error} />}
            </>
          )}
          <WizardActions>
            {pinned ? (
              <Button asChild>
                <Link href={next}>
                  Continue
                  <ArrowRight />
                </Link>
              </Button>
            ) : (
              <>
                <Button
                  pending={trust.isPending}
                  disabled={compareFingerprints(printed, key.fingerprint) === 'different'}
                  onClick={() => trust.mutate(key.fingerprint, { onSuccess: () => router.push(next) })}
                >
                  They match: trust this key
                </Button>
                <Button variant="ghost" pending={scan.isPending} onClick={() => scan.mutate()}>
                  <RotateCw />
                  Ask again
                </Button>
              </>
            )}
          </WizardActions>
        </>
      )}
    </WizardFrame>
  );
}

interface ComparisonProps {
  fingerprint: string;
  printed: string;
  onPrinted: (printed: string) => void;
}

/** Lets the machine compare: people look at the first and last characters only. */
function Comparison({ fingerprint, printed, onPrinted }: ComparisonProps) {
  const result = compareFingerprints(printed, fingerprint);
  return (
    <FormField label="Paste what it printed, to have it compared" hint="Or compare by eye, every character.">
      {(control) => (
        <>
          <Input
            {...control}
            value={printed}
            autoComplete="off"
            spellCheck={false}
            placeholder="256 SHA256:… root@web1 (ED25519)"
            className="font-mono text-xs"
            onChange={(event) => onPrinted(event.target.value)}
          />
          <p role="status" className="text-sm">
            {result === 'same' && (
              <span className="flex items-center gap-1.5 text-ok">
                <CircleCheck className="size-4 shrink-0" aria-hidden /> The same key.
              </span>
            )}
            {result === 'different' && (
              <span className="flex items-center gap-1.5 text-danger">
                <CircleX className="size-4 shrink-0" aria-hidden /> Not the same key. Do not go on: this may
                be another machine.
              </span>
            )}
            {result === 'none' && printed.trim() !== '' && (
              <span className="text-muted-foreground">There is no SHA256 fingerprint in this text yet.</span>
            )}
          </p>
        </>
      )}
    </FormField>
  );
}

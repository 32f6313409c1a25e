'use client';
import { ArrowRight, RotateCw } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import type { Host } from '#api/contract/hosts';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { useCheckHost } from '#queries/hosts';
import { ChangedKeyPanel } from './changed-key-panel';
import { CheckList } from './check-list';
import { hasChangedKey } from './has-changed-key';
import { setupHref } from './setup-href';
import { WizardActions, WizardFrame } from './wizard-frame';

/** Last step: everything an apply will need, looked at now. */
export function CheckStep({ host }: { host: Host }) {
  const team = useTeam();
  const check = useCheckHost(team.slug, host.id);
  const local = host.transport === 'local';
  const started = useRef(false);
  const run = check.mutate;
  useEffect(() => {
    if (started.current || host.checks.length > 0) return;
    started.current = true;
    run();
  }, [run, host.checks.length]);

  const failed = host.checks.filter(({ status }) => status === 'failed').length;
  const passed = host.checks.length > 0 && failed === 0;
  return (
    <WizardFrame
      step="checks"
      title="Is everything there?"
      hrefOf={(step) =>
        step === 'fingerprint' || step === 'install' ? setupHref(team.slug, host.id, step) : null
      }
      {...(local && { steps: ['address', 'checks'] as const })}
    >
      {check.isError && <ErrorState error={check.error} onRetry={() => check.mutate()} />}
      {hasChangedKey(host) && <ChangedKeyPanel host={host} />}
      <div role="status" className="text-sm">
        {check.isPending ? (
          <p className="text-muted-foreground">Looking at {host.name}…</p>
        ) : (
          host.checks.length > 0 && (
            <p className="text-muted-foreground">
              {passed
                ? 'All that is needed is there.'
                : `${failed} ${failed === 1 ? 'line is' : 'lines are'} red. Each says what to do; then run the checks again.`}
            </p>
          )
        )}
      </div>
      <CheckList host={host} pending={check.isPending} />
      {passed && !check.isPending && host.targets.length === 0 && (
        <Alert tone="warning" title="No web server was found">
          Install nginx, Apache or Caddy on it, then run the checks again.
        </Alert>
      )}
      <WizardActions>
        {passed && !check.isPending ? (
          <Button asChild>
            <Link href={setupHref(team.slug, host.id, 'done')}>
              Finish
              <ArrowRight />
            </Link>
          </Button>
        ) : (
          <Button pending={check.isPending} onClick={() => check.mutate()}>
            <RotateCw />
            Run the checks again
          </Button>
        )}
        {passed && !check.isPending && (
          <Button variant="ghost" onClick={() => check.mutate()}>
            <RotateCw />
            Run again
          </Button>
        )}
        {!passed && (
          <Button asChild variant="ghost">
            <Link href={`/${team.slug}/hosts/${host.id}`}>Later</Link>
          </Button>
        )}
      </WizardActions>
    </WizardFrame>
  );
}

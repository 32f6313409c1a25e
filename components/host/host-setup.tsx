'use client';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { Skeleton } from '#components/ui/skeleton';
import { hostQueries } from '#queries/hosts';
import { CheckStep } from './check-step';
import { DoneStep } from './done-step';
import { FingerprintStep } from './fingerprint-step';
import { InstallStep } from './install-step';
import type { SetupStep } from './setup-step';
import { WizardFrame } from './wizard-frame';

const steps = {
  fingerprint: FingerprintStep,
  install: InstallStep,
  checks: CheckStep,
  done: DoneStep,
} as const satisfies Record<SetupStep, unknown>;

/** The steps of the wizard for a host that exists. */
export function HostSetup({ id, step }: { id: string; step: SetupStep }) {
  const team = useTeam();
  const host = useQuery(hostQueries.get(team.slug, id));
  const Step = steps[step];
  if (host.data) return <Step host={host.data} />;
  return (
    <WizardFrame step={step} title="Add a host">
      {host.isError ? (
        <ErrorState error={host.error} onRetry={() => host.refetch()} />
      ) : (
        <div role="status">
          <span className="sr-only">Loading the host</span>
          <Skeleton className="h-24" />
        </div>
      )}
    </WizardFrame>
  );
}

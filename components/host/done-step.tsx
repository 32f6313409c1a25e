'use client';
import { ArrowRight, CircleCheck } from 'lucide-react';
import Link from 'next/link';
import type { Host } from '#api/contract/hosts';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { list } from '../diff/change-text';
import { serverTitle } from '../kit/server-title';
import { WizardActions, WizardFrame } from './wizard-frame';

/** The end of the wizard, and the way on. */
export function DoneStep({ host }: { host: Host }) {
  const team = useTeam();
  const servers = list(host.targets.map((target) => serverTitle(target.server, target.version)));
  return (
    <WizardFrame
      step="done"
      title={`${host.name} is ready`}
      {...(host.transport === 'local' && { steps: ['address', 'checks'] as const })}
    >
      <p className="flex items-start gap-2 text-sm">
        <CircleCheck className="mt-0.5 size-4 shrink-0 text-ok" aria-hidden />
        <span>
          {servers || 'No web server'} on {host.operatingSystem ?? host.address}. Nothing on it was changed so
          far: that takes a plan that somebody has reviewed.
        </span>
      </p>
      <WizardActions>
        <Button asChild>
          <Link href={`/${team.slug}/sites/new`}>
            Add a site
            <ArrowRight />
          </Link>
        </Button>
        <Button asChild variant="ghost">
          <Link href={`/${team.slug}/hosts/${host.id}`}>See the host</Link>
        </Button>
      </WizardActions>
    </WizardFrame>
  );
}

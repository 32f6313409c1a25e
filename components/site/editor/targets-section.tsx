'use client';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useId } from 'react';
import { useController } from 'react-hook-form';
import { ErrorState } from '#components/kit/error-state';
import { StatusBadge } from '#components/kit/status-badge';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Checkbox } from '#components/ui/checkbox';
import { Skeleton } from '#components/ui/skeleton';
import { webServers } from '#core/servers/index';
import { type HostChoice, hostQueries } from '#queries/hosts';
import { hostLooks } from '../../kit/looks/host-looks';
import type { EditorValues } from './editor-values';
import { Section } from './section';

export function TargetsSection() {
  const team = useTeam();
  const hosts = useQuery(hostQueries.choices(team.slug));
  const { field } = useController<EditorValues, 'targetIds'>({ name: 'targetIds' });
  const chosen = new Set(field.value);
  const toggle = (id: string, on: boolean) =>
    field.onChange(on ? [...field.value, id] : field.value.filter((each) => each !== id));
  return (
    <Section id="targets" title="Runs on" description="Nothing goes there before you review a plan.">
      {hosts.isPending && <Skeleton className="h-16" />}
      {hosts.isError && <ErrorState error={hosts.error} onRetry={() => hosts.refetch()} />}
      {hosts.data?.length === 0 && (
        <div className="flex flex-wrap items-center justify-between gap-2 text-muted-foreground text-sm">
          <p>There are no hosts yet. The site can be saved without, and told where to run later.</p>
          {team.can('hosts.write') && (
            <Button asChild variant="outline" size="sm">
              <Link href={`/${team.slug}/hosts/new`}>
                <Plus />
                Add host
              </Link>
            </Button>
          )}
        </div>
      )}
      {hosts.data && hosts.data.length > 0 && (
        <ul className="-my-1 flex flex-col divide-y">
          {hosts.data.map((host) => (
            <HostTargets key={host.id} host={host} chosen={chosen} onToggle={toggle} />
          ))}
        </ul>
      )}
    </Section>
  );
}

interface HostProps {
  host: HostChoice;
  chosen: ReadonlySet<string>;
  onToggle: (id: string, on: boolean) => void;
}

function HostTargets({ host, chosen, onToggle }: HostProps) {
  if (host.targets.length === 0) {
    return (
      <li className="flex min-h-9 items-center gap-2.5 py-1 pl-6.5 text-muted-foreground">
        <span className="text-sm">{host.name}</span>
        <span className="text-xs">no web server found yet</span>
        <StatusBadge look={hostLooks[host.status]} variant="plain" className="ml-auto text-xs" />
      </li>
    );
  }
  return host.targets.map((target) => (
    <TargetRow
      key={target.id}
      host={host}
      target={target}
      checked={chosen.has(target.id)}
      onToggle={(on) => onToggle(target.id, on)}
    />
  ));
}

interface TargetProps {
  host: HostChoice;
  target: HostChoice['targets'][number];
  checked: boolean;
  onToggle: (on: boolean) => void;
}

function TargetRow({ host, target, checked, onToggle }: TargetProps) {
  const id = useId();
  return (
    <li className="flex min-h-9 items-center gap-2.5 py-1">
      <Checkbox id={id} checked={checked} onCheckedChange={(next) => onToggle(next === true)} />
      <label htmlFor={id} className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 text-sm">
        <span className="font-medium">{host.name}</span>
        <span className="text-muted-foreground">
          {webServers[target.server].title} {target.version ?? ''}
        </span>
        <span className="truncate text-muted-foreground text-xs">{host.operatingSystem}</span>
      </label>
      {host.status !== 'ready' && (
        <StatusBadge look={hostLooks[host.status]} variant="plain" className="text-xs" />
      )}
    </li>
  );
}

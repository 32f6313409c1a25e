'use client';
import { useQuery } from '@tanstack/react-query';
import { CalendarClock, Layers, Plus } from 'lucide-react';
import { useState } from 'react';
import type { FreezeWindow, HostGroup, Policies } from '#api/contract/policies';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { RowsSkeleton } from '#components/kit/rows-skeleton';
import { useTeam } from '#components/kit/team-context';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { NativeSelect } from '#components/ui/native-select';
import { policyQueries, useUpdatePolicies } from '#queries/policies';
import { WaitingLowerings } from './waiting-lowerings';

const GroupDialog = later(() => import('./group-dialog').then((module) => module.GroupDialog));
const FreezeDialog = later(() => import('./freeze-dialog').then((module) => module.FreezeDialog));
const RemoveDialog = later(() => import('./remove-dialog').then((module) => module.RemoveDialog));

type Dialog =
  | { kind: 'group'; group: HostGroup | null }
  | { kind: 'freeze' }
  | { kind: 'remove-group'; id: string; name: string }
  | { kind: 'remove-freeze'; id: string; name: string };

/** What an apply needs: approvals, host groups, and times in which nothing is applied. */
export function PoliciesSettings() {
  const team = useTeam();
  const policies = useQuery(policyQueries.get(team.slug));
  const [dialog, setDialog] = useState<Dialog | null>(null);
  if (policies.isPending) return <RowsSkeleton rows={5} />;
  if (policies.isError) return <ErrorState error={policies.error} onRetry={() => policies.refetch()} />;
  const close = () => setDialog(null);
  return (
    <div className="flex flex-col gap-5">
      <WaitingLowerings />
      <Approvals policies={policies.data} />
      <Groups groups={policies.data.groups} onDialog={setDialog} />
      <Freezes freezes={policies.data.freezes} onDialog={setDialog} />
      {dialog?.kind === 'group' && <GroupDialog group={dialog.group} onClose={close} />}
      {dialog?.kind === 'freeze' && <FreezeDialog groups={policies.data.groups} onClose={close} />}
      {(dialog?.kind === 'remove-group' || dialog?.kind === 'remove-freeze') && (
        <RemoveDialog kind={dialog.kind} id={dialog.id} name={dialog.name} onClose={close} />
      )}
    </div>
  );
}

const approvalWords = (count: number) =>
  count === 0 ? 'no approval' : count === 1 ? 'one approval' : `${count} approvals`;

function Approvals({ policies }: { policies: Policies }) {
  const team = useTeam();
  const update = useUpdatePolicies(team.slug);
  return (
    <Card>
      <CardHeader>
        <div className="py-1">
          <CardTitle>Approvals</CardTitle>
          <CardDescription>
            By people who neither made the plan, nor saved what it brings, nor apply it.
          </CardDescription>
        </div>
      </CardHeader>
      <CardContent className="flex flex-col gap-3 text-sm">
        {team.can('policies.write') ? (
          <label htmlFor="team-approvals" className="flex flex-wrap items-center gap-2">
            Every apply needs
            <NativeSelect
              id="team-approvals"
              value={policies.approvalsNeeded}
              disabled={update.isPending}
              onChange={(event) => update.mutate({ approvalsNeeded: Number(event.target.value) })}
              className="w-40"
            >
              {[...new Set([0, 1, 2, 3, 4, 5, policies.approvalsNeeded])].map((count) => (
                <option key={count} value={count}>
                  {approvalWords(count)}
                </option>
              ))}
            </NativeSelect>
          </label>
        ) : (
          <p>Every apply needs {approvalWords(policies.approvalsNeeded)}.</p>
        )}
        {update.isError && <ErrorState error={update.error} />}
      </CardContent>
    </Card>
  );
}

function Groups({ groups, onDialog }: { groups: readonly HostGroup[]; onDialog: (dialog: Dialog) => void }) {
  const team = useTeam();
  const mayWrite = team.can('policies.write');
  return (
    <Card>
      <CardHeader>
        <div className="py-1">
          <CardTitle>Host groups</CardTitle>
          <CardDescription>Hosts under stricter rules than the team’s own.</CardDescription>
        </div>
        {mayWrite && (
          <Button size="sm" onClick={() => onDialog({ kind: 'group', group: null })}>
            <Plus />
            New group
          </Button>
        )}
      </CardHeader>
      {groups.length === 0 && (
        <EmptyState icon={Layers} title="No host group" className="py-8">
          Put hosts such as those in production together, to ask for approvals or to say who may apply there.
        </EmptyState>
      )}
      {groups.length > 0 && (
        <ul aria-label="Host groups" className="divide-y">
          {groups.map((group) => (
            <li key={group.id} className="flex flex-wrap items-center gap-3 px-4 py-2.5 text-sm">
              <div className="min-w-0 flex-1 basis-56">
                <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <span className="font-medium [overflow-wrap:anywhere]">{group.name}</span>
                  {group.approvalsNeeded > 0 && (
                    <Badge tone="info">{approvalWords(group.approvalsNeeded)}</Badge>
                  )}
                  {group.restricted && <Badge tone="warning">restricted</Badge>}
                </p>
                {group.description && <p className="text-muted-foreground">{group.description}</p>}
                <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">
                  {group.hosts.length === 0 ? 'no hosts yet' : group.hosts.map(({ name }) => name).join(', ')}
                  {group.restricted &&
                    `; applied by ${[...group.operators.map(({ name }) => name), 'admins'].join(', ')}`}
                </p>
              </div>
              {mayWrite && (
                <span className="flex gap-2">
                  <Button variant="outline" size="sm" onClick={() => onDialog({ kind: 'group', group })}>
                    Edit<span className="sr-only"> {group.name}</span>
                  </Button>
                  <Button
                    variant="outline"
                    size="sm"
                    onClick={() => onDialog({ kind: 'remove-group', id: group.id, name: group.name })}
                  >
                    Delete<span className="sr-only"> {group.name}</span>
                  </Button>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const when = (instant: string) =>
  new Date(instant).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

function Freezes({
  freezes,
  onDialog,
}: {
  freezes: readonly FreezeWindow[];
  onDialog: (dialog: Dialog) => void;
}) {
  const team = useTeam();
  const mayWrite = team.can('policies.write');
  return (
    <Card>
      <CardHeader>
        <div className="py-1">
          <CardTitle>Freezes</CardTitle>
          <CardDescription>
            Periods in which nothing is applied. Admins may override one with a reason; undoing an apply that
            was made before the freeze was declared is possible.
          </CardDescription>
        </div>
        {mayWrite && (
          <Button size="sm" onClick={() => onDialog({ kind: 'freeze' })}>
            <Plus />
            New freeze
          </Button>
        )}
      </CardHeader>
      {freezes.length === 0 && <EmptyState icon={CalendarClock} title="No freeze" className="py-8" />}
      {freezes.length > 0 && (
        <ul aria-label="Freezes" className="divide-y">
          {freezes.map((freeze) => {
            const active = Date.parse(freeze.startsAt) <= Date.now();
            const name = freeze.group?.name ?? 'All hosts';
            return (
              <li key={freeze.id} className="flex flex-wrap items-center gap-3 px-4 py-2.5 text-sm">
                <div className="min-w-0 flex-1 basis-56">
                  <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                    <span className="font-medium">{name}</span>
                    {active && <Badge tone="warning">now</Badge>}
                  </p>
                  <p className="[overflow-wrap:anywhere]">{freeze.reason}</p>
                  <p className="text-muted-foreground text-xs">
                    {when(freeze.startsAt)} – {when(freeze.endsAt)}
                    {freeze.createdBy && `, by ${freeze.createdBy}`}
                  </p>
                </div>
                {mayWrite && (
                  <Button
                    variant="outline"
                    size="sm"
                    onClick={() => onDialog({ kind: 'remove-freeze', id: freeze.id, name })}
                  >
                    {active ? 'End' : 'Call off'}
                    <span className="sr-only"> the freeze of {name}</span>
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

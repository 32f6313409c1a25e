'use client';
import { useState } from 'react';
import type { HostGroup } from '#api/contract/policies';
import { ErrorState } from '#components/kit/error-state';
import { FormDialog } from '#components/kit/form-dialog';
import { FormField } from '#components/kit/form-field';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Input } from '#components/ui/input';
import { NativeSelect } from '#components/ui/native-select';
import { useCreateFreeze } from '#queries/policies';

/** As a date field wants it: local time, to the minute. */
function localMinute(at: Date): string {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
const dayMs = 86_400_000;

/** A time in which nothing is applied. */
export function FreezeDialog({ groups, onClose }: { groups: readonly HostGroup[]; onClose: () => void }) {
  const team = useTeam();
  const [groupId, setGroupId] = useState('');
  const [startsAt, setStartsAt] = useState(() => localMinute(new Date()));
  const [endsAt, setEndsAt] = useState(() => localMinute(new Date(Date.now() + dayMs)));
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const create = useCreateFreeze(team.slug);
  const from = Date.parse(startsAt);
  const to = Date.parse(endsAt);
  const errors = {
    startsAt: Number.isNaN(from) ? 'enter a time' : undefined,
    endsAt: Number.isNaN(to)
      ? 'enter a time'
      : to <= from
        ? 'must be after its beginning'
        : to <= Date.now()
          ? 'must be in the future'
          : undefined,
    reason: reason.trim() === '' ? 'say why' : undefined,
  };
  const submit = () => {
    setAsked(true);
    if (Object.values(errors).some(Boolean)) return;
    create.mutate(
      {
        groupId: groupId || null,
        startsAt: new Date(from).toISOString(),
        endsAt: new Date(to).toISOString(),
        reason,
      },
      {
        onSuccess: () => {
          toast.success('The freeze is set');
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title="New freeze"
      text="Applies under way when it begins go on."
      action="Freeze"
      pending={create.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormField label="Hosts">
        {(control) => (
          <NativeSelect {...control} value={groupId} onChange={(event) => setGroupId(event.target.value)}>
            <option value="">All hosts of the team</option>
            {groups.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </NativeSelect>
        )}
      </FormField>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField label="From" error={asked ? errors.startsAt : undefined} required>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={startsAt}
              onChange={(event) => setStartsAt(event.target.value)}
            />
          )}
        </FormField>
        <FormField label="Until" error={asked ? errors.endsAt : undefined} required>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={endsAt}
              onChange={(event) => setEndsAt(event.target.value)}
            />
          )}
        </FormField>
      </div>
      <FormField
        label="Reason"
        hint="Shown to people who cannot apply."
        error={asked ? errors.reason : undefined}
        required
      >
        {(control) => (
          <Input
            {...control}
            value={reason}
            maxLength={300}
            placeholder="Release week"
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </FormField>
      {create.isError && <ErrorState error={create.error} />}
    </FormDialog>
  );
}

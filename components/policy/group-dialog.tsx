'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HostGroup } from '#api/contract/policies';
import { ErrorState } from '#components/kit/error-state';
import { FormDialog } from '#components/kit/form-dialog';
import { FormField } from '#components/kit/form-field';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Checkbox } from '#components/ui/checkbox';
import { Input } from '#components/ui/input';
import { NativeSelect } from '#components/ui/native-select';
import { can } from '#core/access/permissions';
import { hostQueries } from '#queries/hosts';
import { useSaveGroup } from '#queries/policies';
import { teamQueries } from '#queries/team';

interface Props {
  /** `null`: a new one. */
  group: HostGroup | null;
  onClose: () => void;
}

/** Hosts under one policy: which, how many approvals, and who may apply there. */
export function GroupDialog({ group, onClose }: Props) {
  const team = useTeam();
  const hosts = useQuery(hostQueries.choices(team.slug));
  const detail = useQuery(teamQueries.get(team.slug));
  const [name, setName] = useState(group?.name ?? '');
  const [description, setDescription] = useState(group?.description ?? '');
  const [approvalsNeeded, setApprovalsNeeded] = useState(group?.approvalsNeeded ?? 1);
  const [restricted, setRestricted] = useState(group?.restricted ?? false);
  const [hostIds, setHostIds] = useState(() => group?.hosts.map(({ id }) => id) ?? []);
  const [operatorIds, setOperatorIds] = useState(() => group?.operators.map(({ id }) => id) ?? []);
  const [asked, setAsked] = useState(false);
  const save = useSaveGroup(team.slug, group?.id ?? null);
  const unnamed = name.trim() === '';
  const submit = () => {
    setAsked(true);
    if (unnamed) return;
    save.mutate(
      { name, description: description.trim(), approvalsNeeded, restricted, hostIds, operatorIds },
      {
        onSuccess: () => {
          toast.success(`Host group ${name.trim()} is saved`);
          onClose();
        },
      },
    );
  };
  const operators = (detail.data?.members ?? []).filter(
    ({ role }) => role !== 'admin' && can(role, 'applies.run'),
  );
  return (
    <FormDialog
      title={group ? `Host group ${group.name}` : 'New host group'}
      text="It takes effect with the next apply."
      action="Save"
      pending={save.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormField label="Name" error={asked && unnamed ? 'enter a name' : undefined} required>
        {(control) => (
          <Input
            {...control}
            value={name}
            maxLength={63}
            autoComplete="off"
            placeholder="Production"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </FormField>
      <FormField label="Description (optional)">
        {(control) => (
          <Input
            {...control}
            value={description}
            maxLength={200}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </FormField>
      <FormField label="Approvals needed" hint="The team’s own number holds where it is higher.">
        {(control) => (
          <NativeSelect
            {...control}
            value={approvalsNeeded}
            onChange={(event) => setApprovalsNeeded(Number(event.target.value))}
          >
            {[...new Set([0, 1, 2, 3, 4, 5, approvalsNeeded])].map((count) => (
              <option key={count} value={count}>
                {count}
              </option>
            ))}
          </NativeSelect>
        )}
      </FormField>
      <Choices
        legend="Hosts"
        none="There is no host yet."
        items={(hosts.data ?? []).map((host) => ({
          id: host.id,
          label: host.name,
          note: host.group && host.group.id !== group?.id ? `leaves ${host.group.name}` : '',
        }))}
        chosen={hostIds}
        onChosen={setHostIds}
      />
      <label htmlFor="group-restricted" className="flex items-center gap-3 text-sm">
        <Checkbox id="group-restricted" checked={restricted} onCheckedChange={setRestricted} />
        Only chosen operators, and admins, may apply here
      </label>
      {restricted && (
        <Choices
          legend="Operators"
          none="The team has no operator beside its admins."
          items={operators.map(({ person }) => ({
            id: person.id,
            label: person.name,
            note: person.email,
          }))}
          chosen={operatorIds}
          onChosen={setOperatorIds}
        />
      )}
      {(hosts.error ?? detail.error ?? save.error) && (
        <ErrorState error={hosts.error ?? detail.error ?? save.error ?? new Error()} />
      )}
    </FormDialog>
  );
}

interface ChoicesProps {
  legend: string;
  none: string;
  items: readonly { id: string; label: string; note: string }[];
  chosen: readonly string[];
  onChosen: (ids: string[]) => void;
}

function Choices({ legend, none, items, chosen, onChosen }: ChoicesProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium text-sm">{legend}</legend>
      {items.length === 0 && <p className="text-muted-foreground text-sm">{none}</p>}
      <ul className="flex max-h-44 flex-col overflow-y-auto">
        {items.map(({ id, label, note }) => (
          <li key={id}>
            <label
              htmlFor={`choice-${id}`}
              className="flex min-h-8 items-center gap-3 rounded-md px-2 text-sm hover:bg-accent"
            >
              <Checkbox
                id={`choice-${id}`}
                checked={chosen.includes(id)}
                onCheckedChange={(on) =>
                  onChosen(on ? [...chosen, id] : chosen.filter((each) => each !== id))
                }
              />
              <span className="min-w-0 flex-1 truncate">{label}</span>
              <span className="truncate text-muted-foreground text-xs">{note}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

'use client';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { ProblemError } from '#api/problem-error';
import { ErrorState } from '#components/kit/error-state';
import { FormField } from '#components/kit/form-field';
import { useTeam } from '#components/kit/team-context';
import { Alert } from '#components/ui/alert';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog';
import { Input } from '#components/ui/input';
import { NativeSelect } from '#components/ui/native-select';
import { formatPath } from '#core/format-path';
import { BulkFields } from '#core/site/bulk-fields';
import { useCreatePlan } from '#queries/plans';
import { useEditDryRun, useEditSites } from '#queries/sites';
import { FieldChanges } from '../diff/field-changes';
import { MessageField } from '../kit/message-field';
import { bulkChoices } from './bulk-choices';

const mostShown = 100;

interface Props {
  ids: readonly string[];
  onClose: () => void;
}

/** One field of many sites: choose it, look at the result for each, save all together, then plan them together. */
export function BulkEditDialog({ ids, onClose }: Props) {
  const team = useTeam();
  const router = useRouter();
  const dryRun = useEditDryRun(team.slug);
  const save = useEditSites(team.slug);
  const plan = useCreatePlan(team.slug);
  const [field, setField] = useState<string>(bulkChoices[0]?.id ?? '');
  const [value, setValue] = useState('');
  const [message, setMessage] = useState('');
  const [error, setError] = useState('');
  const choice = bulkChoices.find((each) => each.id === field);
  const valueId = useId();
  const found = dryRun.data;
  const set = choice ? BulkFields.safeParse(choice.set(value)) : null;

  const look = () => {
    if (!set?.success) {
      setError(set?.error.issues[0]?.message ?? 'choose a value');
      return;
    }
    setError('');
    save.reset();
    dryRun.mutate({ siteIds: [...ids], set: set.data });
  };
  const submit = () => {
    if (!found || !set?.success) return;
    save.mutate({ siteIds: [...ids], set: set.data, digest: found.digest, message });
  };
  const startPlan = () =>
    plan.mutate(
      { siteIds: found?.sites.filter(({ action }) => action === 'update').map(({ id }) => id) ?? [] },
      { onSuccess: ({ id }) => router.push(`/${team.slug}/plans/${id}`) },
    );
  const stale = save.error instanceof ProblemError && save.error.problem.code === 'stale';
  const count = ids.length === 1 ? '1 site' : `${ids.length} sites`;

  if (save.data) {
    return (
      <Dialog open onOpenChange={(open) => !open && onClose()}>
        <DialogContent className="max-w-md">
          <DialogHeader>
            <DialogTitle>{save.data.counts.update} saved</DialogTitle>
            <DialogDescription>
              No host has changed yet. One plan can bring all of them there.
            </DialogDescription>
          </DialogHeader>
          {plan.isError && <ErrorState error={plan.error} onRetry={startPlan} />}
          <DialogFooter>
            <Button variant="outline" onClick={onClose}>
              Later
            </Button>
            {team.can('plans.create') && (
              <Button pending={plan.isPending} onClick={startPlan}>
                Plan changes
              </Button>
            )}
          </DialogFooter>
        </DialogContent>
      </Dialog>
    );
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-w-2xl">
        <DialogHeader>
          <DialogTitle>Edit {count}</DialogTitle>
          <DialogDescription>
            One field of all of them. Saved together as revisions, or not at all.
          </DialogDescription>
        </DialogHeader>
        <div className="grid gap-4 sm:grid-cols-2">
          <FormField label="Field">
            {({ id }) => (
              <NativeSelect
                id={id}
                value={field}
                onChange={(event) => {
                  setField(event.target.value);
                  setValue('');
                  setError('');
                  dryRun.reset();
                }}
                className="w-full border-border"
              >
                {bulkChoices.map((each) => (
                  <option key={each.id} value={each.id}>
                    {each.label}
                  </option>
                ))}
              </NativeSelect>
            )}
          </FormField>
          <FormField label="Value" hint={choice?.hint ?? ''} error={error}>
            {(control) =>
              choice?.options ? (
                <NativeSelect
                  {...control}
                  value={value}
                  onChange={(event) => {
                    setValue(event.target.value);
                    dryRun.reset();
                  }}
                  className="w-full border-border"
                >
                  <option value="">Choose</option>
                  {choice.options.map((option) => (
                    <option key={option.value} value={option.value}>
                      {option.label}
                    </option>
                  ))}
                </NativeSelect>
              ) : (
                <Input
                  {...control}
                  autoComplete="off"
                  value={value}
                  onChange={(event) => {
                    setValue(event.target.value);
                    dryRun.reset();
                  }}
                />
              )
            }
          </FormField>
        </div>
        {dryRun.isError && <ErrorState error={dryRun.error} />}
        {found && (
          <>
            <p role="status" className="flex flex-wrap gap-1.5">
              <Badge tone="info">{found.counts.update} to save</Badge>
              <Badge>{found.counts.unchanged} unchanged</Badge>
              {found.counts.refused > 0 && <Badge tone="danger">{found.counts.refused} refused</Badge>}
            </p>
            <ul
              aria-labelledby={valueId}
              className="max-h-[40dvh] min-h-0 divide-y overflow-y-auto rounded-md border"
            >
              {found.sites
                .filter(({ action }) => action !== 'unchanged')
                .slice(0, mostShown)
                .map(({ id, name, changes, issues }) => (
                  <li key={id} className="px-3 py-2 text-sm">
                    <span className="font-medium">{name}</span>
                    <FieldChanges changes={changes} />
                    {issues.map(({ path, message: words, code }) => (
                      <p key={`${code} ${formatPath(path)}`} className="text-danger">
                        {formatPath(path)} {words}
                      </p>
                    ))}
                  </li>
                ))}
              {found.counts.update + found.counts.refused > mostShown && (
                <li className="px-3 py-2 text-muted-foreground text-sm">
                  and {found.counts.update + found.counts.refused - mostShown} more
                </li>
              )}
              {found.counts.update + found.counts.refused === 0 && (
                <li className="px-3 py-2 text-muted-foreground text-sm">
                  All of them have this value already.
                </li>
              )}
            </ul>
            <span id={valueId} className="sr-only">
              Result for each site
            </span>
            {found.counts.refused === 0 && found.counts.update > 0 && (
              <MessageField
                value={message}
                onValue={setMessage}
                hint="Saved with every revision. Optional."
              />
            )}
          </>
        )}
        {stale && (
          <Alert
            tone="warning"
            title="Somebody saved one of these sites in the meantime"
            action={
              <Button variant="outline" size="sm" pending={dryRun.isPending} onClick={look}>
                Look again
              </Button>
            }
          >
            Nothing was saved.
          </Alert>
        )}
        {save.isError && !stale && <ErrorState error={save.error} />}
        <DialogFooter>
          <Button variant="outline" onClick={onClose}>
            Cancel
          </Button>
          {found ? (
            <Button
              disabled={found.counts.refused > 0 || found.counts.update === 0 || stale}
              pending={save.isPending}
              onClick={submit}
            >
              Save {found.counts.update} {found.counts.update === 1 ? 'site' : 'sites'}
            </Button>
          ) : (
            <Button disabled={value.trim() === ''} pending={dryRun.isPending} onClick={look}>
              Show what would change
            </Button>
          )}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

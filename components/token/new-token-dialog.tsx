'use client';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { ErrorState } from '#components/kit/error-state';
import { FormDialog } from '#components/kit/form-dialog';
import { FormField } from '#components/kit/form-field';
import { OneTimeSecret } from '#components/kit/one-time-secret';
import { useTeam } from '#components/kit/team-context';
import { Alert } from '#components/ui/alert';
import { Input } from '#components/ui/input';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select';
import { permissions } from '#core/access/permissions';
import { scopePresets, scopesFor } from '#core/access/scope-presets';
import { tokenDays } from '#core/access/token-days';
import { useCreateToken } from '#queries/tokens';
import { ScopeChoice, type ScopeValue } from './scope-choice';

const lifetimes = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: 'never', label: 'Never' },
];
const dayMs = 86_400_000;

/** Makes a token and shows it once. */
export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const team = useTeam();
  const create = useCreateToken(team.slug);
  const [lifetime, setLifetime] = useState(`${tokenDays.default}`);
  const [scope, setScope] = useState<ScopeValue>({ kind: 'read', single: [] });
  const [scopeError, setScopeError] = useState<string>();
  const form = useForm({ defaultValues: { name: '' } });
  const made = create.data;
  const submit = form.handleSubmit(({ name }) => {
    const preset = scopePresets.find(({ id }) => id === scope.kind);
    const scopes = preset ? scopesFor(preset, team.role) : scope.single;
    if (scopes?.length === 0) {
      setScopeError('Choose at least one permission.');
      return;
    }
    create.mutate({
      name,
      scopes: scopes && [...scopes],
      expiresAt: lifetime === 'never' ? null : new Date(Date.now() + Number(lifetime) * dayMs).toISOString(),
    });
  });
  return (
    <FormDialog
      title="New API token"
      text={`It acts for you in ${team.name}, and never does more than you may.`}
      action="Create token"
      className="max-w-lg"
      pending={create.isPending}
      onSubmit={submit}
      onClose={onClose}
      result={
        made && (
          <OneTimeSecret
            title={`“${made.name}” is ready`}
            text="Copy it now: it is shown only once and kept nowhere."
            value={made.token}
            label="Copy token"
            onClose={onClose}
          >
            <Alert tone="neutral">
              Send it as <code className="text-xs">Authorization: Bearer …</code>
            </Alert>
          </OneTimeSecret>
        )
      }
    >
      {create.isError && <ErrorState error={create.error} />}
      <FormField label="Name" hint="What will use it." error={form.formState.errors.name?.message} required>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={100}
            placeholder="Release pipeline"
            {...form.register('name', { validate: (name) => name.trim() !== '' || 'Enter a name.' })}
          />
        )}
      </FormField>
      <ScopeChoice
        value={scope}
        onChange={(next) => {
          setScope(next);
          setScopeError(undefined);
        }}
        own={permissions.filter((permission) => team.can(permission))}
        error={scopeError}
      />
      <FormField
        label="Expires after"
        hint={lifetime === 'never' && 'A token that nobody remembers keeps working. Prefer an end.'}
      >
        {({ id }) => (
          <Select value={lifetime} onValueChange={setLifetime}>
            <SelectTrigger id={id}>
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              {lifetimes.map(({ value, label }) => (
                <SelectItem key={value} value={value}>
                  {label}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        )}
      </FormField>
    </FormDialog>
  );
}

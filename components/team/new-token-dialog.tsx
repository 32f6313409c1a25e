'use client';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { CopyButton } from '#components/shell/copy-button';
import { ErrorState } from '#components/shell/error-state';
import { FormField } from '#components/shell/form-field';
import { useTeam } from '#components/shell/team-context';
import { Alert } from '#components/ui/alert';
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
export function NewTokenDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const team = useTeam();
  const create = useCreateToken(team.slug);
  const [lifetime, setLifetime] = useState(`${tokenDays.default}`);
  const [scope, setScope] = useState<ScopeValue>({ kind: 'read', single: [] });
  const [scopeError, setScopeError] = useState<string>();
  const form = useForm({ defaultValues: { name: '' } });
  const close = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    form.reset();
    create.reset();
  };
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
    <Dialog open={open} onOpenChange={close}>
      <DialogContent
        className="max-w-lg"
        // A stray click must not close the only view of the token.
        onInteractOutside={(event) => create.data && event.preventDefault()}
      >
        {create.data ? (
          <>
            <DialogHeader>
              <DialogTitle>“{create.data.name}” is ready</DialogTitle>
              <DialogDescription>Copy it now: it is shown this once and kept nowhere.</DialogDescription>
            </DialogHeader>
            <div className="flex items-center gap-2 rounded-md border bg-code py-1 pr-1 pl-3">
              <code className="min-w-0 flex-1 text-xs [overflow-wrap:anywhere]">{create.data.token}</code>
              <CopyButton value={create.data.token} label="Copy token" variant="outline">
                Copy
              </CopyButton>
            </div>
            <Alert tone="neutral">
              Send it as <code className="text-xs">Authorization: Bearer …</code>
            </Alert>
            <DialogFooter>
              <Button onClick={() => close(false)}>I have copied it</Button>
            </DialogFooter>
          </>
        ) : (
          <form onSubmit={submit} noValidate className="flex flex-col gap-4">
            <DialogHeader>
              <DialogTitle>New API token</DialogTitle>
              <DialogDescription>
                It acts for you in {team.name}, and never does more than you may.
              </DialogDescription>
            </DialogHeader>
            {create.isError && <ErrorState error={create.error} />}
            <FormField
              label="Name"
              hint="What will use it."
              error={form.formState.errors.name?.message}
              required
            >
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
            <DialogFooter>
              <Button variant="outline" onClick={() => close(false)}>
                Cancel
              </Button>
              <Button type="submit" pending={create.isPending}>
                Create token
              </Button>
            </DialogFooter>
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}

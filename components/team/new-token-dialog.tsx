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
import { useCreateToken } from '#queries/tokens';

const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: 'never', label: 'No end' },
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
  const [lifetime, setLifetime] = useState('90');
  const form = useForm({ defaultValues: { name: '' } });
  const close = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    form.reset();
    create.reset();
  };
  const submit = form.handleSubmit(({ name }) =>
    create.mutate({
      name,
      ...(lifetime !== 'never' && {
        expiresAt: new Date(Date.now() + Number(lifetime) * dayMs).toISOString(),
      }),
    }),
  );
  return (
    <Dialog open={open} onOpenChange={close}>
      <DialogContent
        className="max-w-md"
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
              <DialogDescription>It acts with your role in {team.name}.</DialogDescription>
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
            <FormField label="Expires after">
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

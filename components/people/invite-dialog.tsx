'use client';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { ProblemError } from '#api/problem-error';
import { ErrorState } from '#components/kit/error-state';
import { FormDialog } from '#components/kit/form-dialog';
import { FormField } from '#components/kit/form-field';
import { OneTimeSecret } from '#components/kit/one-time-secret';
import { useTeam } from '#components/kit/team-context';
import { Alert } from '#components/ui/alert';
import { Input } from '#components/ui/input';
import { RadioCard, RadioGroup } from '#components/ui/radio-group';
import { roleNames } from '#core/access/role-names';
import type { Role } from '#core/access/roles';
import { useCreateInvitation } from '#queries/invitations';
import { sentence } from '../kit/sentence';
import { roleWords } from './role-words';

/** Makes an invitation and shows its link once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const team = useTeam();
  const create = useCreateInvitation(team.slug);
  const [role, setRole] = useState<Role>('editor');
  const form = useForm({ defaultValues: { email: '' } });
  const submit = form.handleSubmit(({ email }) =>
    create.mutate(
      { email: email.trim(), role },
      {
        onError: (error) => {
          const issue = error instanceof ProblemError ? error.problem.issues[0] : undefined;
          if (issue) form.setError('email', { message: sentence(issue.message) }, { shouldFocus: true });
        },
      },
    ),
  );
  const fieldFault = create.error instanceof ProblemError && create.error.problem.issues.length > 0;
  const made = create.data;
  return (
    <FormDialog
      title={`Invite to ${team.name}`}
      text="You get a link to send them. Nothing is sent by itself."
      action="Make the link"
      className="max-w-md"
      pending={create.isPending}
      onSubmit={submit}
      onClose={onClose}
      result={
        made && (
          <OneTimeSecret
            title={`Send ${made.email} this link`}
            text={`Copy it now: it is shown only once. It works once, for seven days, and makes the person who opens it ${made.role} of ${team.name}.`}
            value={`${window.location.origin}/invite#${made.id}.${made.secret}`}
            label="Copy link"
            onClose={onClose}
          >
            <Alert tone="neutral">Send it by a way that only they can read.</Alert>
          </OneTimeSecret>
        )
      }
    >
      {create.isError && !fieldFault && <ErrorState error={create.error} />}
      <FormField
        label="E-mail"
        hint="New people sign in with it."
        error={form.formState.errors.email?.message}
        required
      >
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="off"
            maxLength={254}
            {...form.register('email', {
              validate: (email) => email.trim() !== '' || 'Enter an e-mail address.',
            })}
          />
        )}
      </FormField>
      <div className="flex flex-col gap-1.5">
        <span id="invite-role" className="font-medium text-sm">
          Role
        </span>
        <RadioGroup
          aria-labelledby="invite-role"
          value={role}
          onValueChange={(value) => setRole((before) => roleNames.find((each) => each === value) ?? before)}
        >
          {roleNames.map((each) => (
            <RadioCard key={each} value={each}>
              <span className="font-medium text-sm capitalize">{each}</span>
              <span className="block text-muted-foreground text-xs">{roleWords[each]}</span>
            </RadioCard>
          ))}
        </RadioGroup>
      </div>
    </FormDialog>
  );
}

'use client';
import { ArrowRight, Monitor, Server } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { flushSync } from 'react-dom';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { RadioCard, RadioGroup } from '#components/ui/radio-group';
import { useCreateHost } from '#queries/hosts';
import { focusFirstError } from '../kit/focus-first-error';
import { TextField } from '../kit/text-field';
import { type AddressErrors, addressErrorsOf, readAddress } from './address-errors';
import { AddressFields } from './address-fields';
import { newHostSearch, useNewHostQuery } from './new-host-query';
import { WizardActions, WizardFrame } from './wizard-frame';

/** First step: which machine. */
export function AddressStep() {
  const team = useTeam();
  const router = useRouter();
  const [typed, setTyped] = useNewHostQuery();
  const [errors, setErrors] = useState<AddressErrors>({});
  const create = useCreateHost(team.slug);
  const local = typed.where === 'local';
  const localName = typed.name || 'dashboard';
  const serverErrors = addressErrorsOf(create.error);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (local) {
      create.mutate(
        { transport: 'local', name: localName.trim() },
        {
          onSuccess: (host) => router.push(`/${team.slug}/hosts/${host.id}/setup/checks`),
          onError: () => focusFirstError(form),
        },
      );
      return;
    }
    const read = await readAddress(typed);
    flushSync(() => setErrors(read.ok ? {} : read.errors));
    if (read.ok) router.push(`/${team.slug}/hosts/new/key?${newHostSearch(typed)}`);
    else focusFirstError(form);
  };

  if (!team.can('hosts.write')) {
    return (
      <WizardFrame step="address" title="Which machine?">
        <Alert tone="warning" title="Only an admin can add a host">
          Ask one of your team.
        </Alert>
      </WizardFrame>
    );
  }
  return (
    <WizardFrame
      step="address"
      title="Which machine?"
      {...(local && { steps: ['address', 'checks'] as const })}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <RadioGroup
          aria-label="Which machine?"
          value={typed.where}
          onValueChange={(where) => void setTyped({ where: where === 'local' ? 'local' : null })}
          className="sm:grid-cols-2"
        >
          <RadioCard value="ssh" className="flex flex-col justify-start">
            <span className="flex items-center gap-2 font-medium text-sm">
              <Server className="size-4 text-muted-foreground" aria-hidden />
              Another machine
            </span>
            <span className="mt-0.5 block text-muted-foreground text-xs">
              Reached by SSH. Nothing is installed on it.
            </span>
          </RadioCard>
          <RadioCard value="local" className="flex flex-col justify-start">
            <span className="flex items-center gap-2 font-medium text-sm">
              <Monitor className="size-4 text-muted-foreground" aria-hidden />
              This machine
            </span>
            <span className="mt-0.5 block text-muted-foreground text-xs">
              The one the dashboard runs on, as its own user.
            </span>
          </RadioCard>
        </RadioGroup>
        {local ? (
          <TextField
            label="Name"
            name="name"
            hint="As your team calls it."
            value={localName}
            onChange={(event) => void setTyped({ name: event.target.value })}
            error={serverErrors.name}
          />
        ) : (
          <AddressFields value={typed} onChange={(change) => void setTyped(change)} errors={errors} />
        )}
        {create.isError && !serverErrors.name && <ErrorState error={create.error} />}
        <WizardActions>
          <Button type="submit" pending={create.isPending}>
            {local ? 'Add this machine' : 'Continue'}
            <ArrowRight />
          </Button>
        </WizardActions>
      </form>
    </WizardFrame>
  );
}

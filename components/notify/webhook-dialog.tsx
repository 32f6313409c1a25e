'use client';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { Webhook, WebhookKind } from '#api/contract/webhooks';
import { ProblemError } from '#api/problem-error';
import { ErrorState } from '#components/kit/error-state';
import { FormDialog } from '#components/kit/form-dialog';
import { FormField } from '#components/kit/form-field';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Input } from '#components/ui/input';
import { NativeSelect } from '#components/ui/native-select';
import type { NotifyEventName } from '#core/notify/event';
import { useCreateWebhook, useUpdateWebhook } from '#queries/webhooks';
import { EventChoices } from './event-choices';
import { SigningSecret } from './signing-secret';

interface Props {
  /** The one to change; a new one when absent. */
  webhook?: Webhook;
  lists: readonly { id: string; name: string }[];
  onClose: () => void;
}

const everything = '';
const usual: NotifyEventName[] = ['apply.failed', 'apply.rolled-back', 'drift.found', 'certificate.expiring'];

/** Adds or changes a webhook, and shows a new one's signing secret once. */
export function WebhookDialog({ webhook, lists, onClose }: Props) {
  const team = useTeam();
  const create = useCreateWebhook(team.slug);
  const update = useUpdateWebhook(team.slug, webhook?.id ?? '');
  const [events, setEvents] = useState<NotifyEventName[]>(webhook?.events ?? usual);
  const [asked, setAsked] = useState(false);
  const form = useForm({
    defaultValues: {
      name: webhook?.name ?? '',
      kind: (webhook?.kind ?? 'json') as WebhookKind,
      url: '',
      listId: webhook?.list?.id ?? everything,
    },
  });
  const { errors } = form.formState;
  /** Shows server-side errors next to their field. */
  const onError = (error: unknown) => {
    for (const { path, message, hint } of error instanceof ProblemError ? error.problem.issues : []) {
      const [field] = path;
      if (field === 'name' || field === 'url')
        form.setError(field, { message: hint ? `${message}. ${hint}` : message });
    }
  };
  const submit = form.handleSubmit(({ name, kind, url, listId }) => {
    if (events.length === 0) return;
    const common = { name: name.trim(), events, listId: listId === everything ? null : listId };
    if (!webhook) {
      create.mutate(
        { ...common, kind, url: url.trim() },
        {
          onSuccess: (made) => made.signingSecret === null && saved(`“${made.name}” is added`),
          onError,
        },
      );
      return;
    }
    update.mutate(
      { ...common, ...(url.trim() === '' ? {} : { url: url.trim() }) },
      { onSuccess: () => saved(`“${common.name}” is saved`), onError },
    );
  });
  const saved = (words: string) => {
    toast.success(words);
    onClose();
  };
  const secret = create.data?.signingSecret;
  const failure = webhook ? update.error : create.error;
  return (
    <FormDialog
      title={webhook ? `Change “${webhook.name}”` : 'Add webhook'}
      text="Each event is one POST. Failed deliveries are retried for a day."
      action={webhook ? 'Save' : 'Add webhook'}
      className="max-w-xl"
      steady
      pending={create.isPending || update.isPending}
      onSubmit={(event) => {
        setAsked(true);
        void submit(event);
      }}
      onClose={onClose}
      result={secret && <SigningSecret name={create.data?.name ?? ''} secret={secret} onClose={onClose} />}
    >
      {failure && <ErrorState error={failure} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField label="Name" error={errors.name?.message} required>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={100}
              placeholder="Operations chat"
              {...form.register('name', { validate: (name) => name.trim() !== '' || 'Enter a name.' })}
            />
          )}
        </FormField>
        <FormField label="Format">
          {(control) => (
            <NativeSelect {...control} {...form.register('kind')} disabled={webhook !== undefined}>
              <option value="json">JSON, signed</option>
              <option value="slack">Slack, Mattermost and alike</option>
            </NativeSelect>
          )}
        </FormField>
      </div>
      <FormField
        label="Address"
        hint={
          webhook
            ? `Now at ${webhook.urlHost}. Leave it empty to keep the address.`
            : 'Stored encrypted; only its host name is shown afterwards.'
        }
        error={errors.url?.message}
        required={!webhook}
      >
        {(control) => (
          <Input
            {...control}
            type="url"
            autoComplete="off"
            spellCheck={false}
            maxLength={2000}
            placeholder="https://hooks.example.com/…"
            {...form.register('url', {
              validate: (url) =>
                (webhook !== undefined && url.trim() === '') ||
                (URL.canParse(url.trim()) && /^https?:/i.test(url.trim())) ||
                'Enter an address that starts with https:// or http://.',
            })}
          />
        )}
      </FormField>
      <EventChoices
        legend="Send when"
        value={events}
        onChange={setEvents}
        error={asked && events.length === 0 ? 'Choose at least one event.' : undefined}
      />
      {lists.length > 0 && (
        <FormField label="Sites">
          {(control) => (
            <NativeSelect {...control} {...form.register('listId')}>
              <option value={everything}>All sites</option>
              {lists.map(({ id, name }) => (
                <option key={id} value={id}>
                  Only in {name}
                </option>
              ))}
            </NativeSelect>
          )}
        </FormField>
      )}
    </FormDialog>
  );
}

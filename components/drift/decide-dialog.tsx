'use client';
import { useState } from 'react';
import type { DriftDecision, DriftDetail } from '#api/contract/drift';
import { ErrorState } from '#components/kit/error-state';
import { FormDialog } from '#components/kit/form-dialog';
import { FormField } from '#components/kit/form-field';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Input } from '#components/ui/input';
import { useAcceptDrift, useIgnoreDrift } from '#queries/drift';

interface Props {
  file: Pick<DriftDetail, 'id' | 'print' | 'path' | 'hostName'>;
  kind: DriftDecision;
  onClose: () => void;
}

const words = {
  ignored: {
    title: 'Ignore this file?',
    text: 'It leaves the inbox until it changes again. Nothing on the host changes; the next apply of its site replaces it.',
    action: 'Ignore',
    done: 'Ignored until it changes again',
  },
  accepted: {
    title: 'Accept it as it is?',
    text: 'The file counts as in sync until it changes again. The form does not know about the edit: the next apply of its site replaces it, and its plan says so.',
    action: 'Accept',
    done: 'Accepted as it is',
  },
} as const;

/** Asks why, and records the decision about exactly what was seen. */
export function DecideDialog({ file, kind, onClose }: Props) {
  const team = useTeam();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const ignore = useIgnoreDrift(team.slug);
  const accept = useAcceptDrift(team.slug);
  const mutation = kind === 'ignored' ? ignore : accept;
  const { title, text, action, done } = words[kind];
  const missing = kind === 'ignored' && reason.trim() === '';
  const submit = () => {
    setAsked(true);
    if (missing) return;
    mutation.mutate(
      { id: file.id, print: file.print, reason: reason.trim() },
      {
        onSuccess: () => {
          toast.success(done, { description: `${file.path} on ${file.hostName}` });
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title={title}
      text={text}
      action={action}
      pending={mutation.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormField
        label={kind === 'ignored' ? 'Reason' : 'Reason (optional)'}
        hint="Colleagues read it here and in the activity."
        error={asked && missing ? 'say why' : undefined}
        required={kind === 'ignored'}
      >
        {(control) => (
          <Input
            {...control}
            value={reason}
            maxLength={500}
            autoFocus
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </FormField>
      {mutation.isError && <ErrorState error={mutation.error} />}
    </FormDialog>
  );
}

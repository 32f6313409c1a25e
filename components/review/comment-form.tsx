'use client';
import { useState } from 'react';
import type { PlanComment } from '#api/contract/comments';
import { ErrorState } from '#components/kit/error-state';
import { FormField } from '#components/kit/form-field';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Input } from '#components/ui/input';
import { Textarea } from '#components/ui/textarea';
import { useCreateComment, useUpdateComment } from '#queries/comments';

export interface CommentPlace {
  readonly targetId: string;
  readonly path: string;
}

interface Props {
  planId: string;
  place: CommentPlace | null;
  /** How many lines the planned text has; 0: none to comment on. */
  lines: number;
  edited?: PlanComment;
  onDone: () => void;
}

/** Writes a comment, or changes one. Ctrl+Enter sends it. */
export function CommentForm({ planId, place, lines, edited, onDone }: Props) {
  const team = useTeam();
  const [body, setBody] = useState(edited?.body ?? '');
  const [line, setLine] = useState('');
  const [asked, setAsked] = useState(false);
  const create = useCreateComment(team.slug, planId);
  const update = useUpdateComment(team.slug, planId);
  const error = create.error ?? update.error;
  const number = Number(line);
  const lineError =
    line !== '' && (!Number.isInteger(number) || number < 1 || number > lines)
      ? `must be 1 to ${lines}`
      : undefined;
  const empty = body.trim() === '';
  const submit = () => {
    setAsked(true);
    if (empty || lineError) return;
    if (edited) {
      update.mutate({ id: edited.id, body }, { onSuccess: onDone });
      return;
    }
    create.mutate(
      { body, ...(place ?? {}), ...(place && line !== '' ? { line: number } : {}) },
      { onSuccess: onDone },
    );
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormField
        label={edited ? 'Edit comment' : place ? `Comment on ${place.path}` : 'Comment on the plan'}
        error={asked && empty ? 'write something' : undefined}
      >
        {(control) => (
          <Textarea
            {...control}
            autoFocus
            rows={3}
            maxLength={4000}
            value={body}
            onChange={(event) => setBody(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
              event.preventDefault();
              submit();
            }}
          />
        )}
      </FormField>
      {place && lines > 0 && (
        <FormField label="Line (optional)" hint="Of the planned file." error={lineError} className="w-40">
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              value={line}
              onChange={(event) => setLine(event.target.value.trim())}
            />
          )}
        </FormField>
      )}
      {error && <ErrorState error={error} />}
      <div className="flex gap-2">
        <Button type="submit" size="sm" pending={create.isPending || update.isPending}>
          {edited ? 'Save' : 'Send comment'}
        </Button>
        <Button variant="ghost" size="sm" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

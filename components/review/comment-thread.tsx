'use client';
import { MessageSquare } from 'lucide-react';
import { useState } from 'react';
import type { PlanComment } from '#api/contract/comments';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { useRemoveComment } from '#queries/comments';
import { plainOutput } from '../diff/visible-text';
import { CommentForm, type CommentPlace } from './comment-form';

interface Props {
  planId: string;
  comments: readonly PlanComment[];
  /** What a new comment is about; `null`: the plan. */
  place: CommentPlace | null;
  /** The planned text of the file, to quote commented lines. */
  text?: string | null;
}

/** What was said about a plan or one of its files, and a place to answer. */
export function CommentThread({ planId, comments, place, text = null }: Props) {
  const team = useTeam();
  const [writing, setWriting] = useState(false);
  const lines = text?.split('\n') ?? [];
  return (
    <div className="flex flex-col gap-3">
      {comments.length > 0 && (
        <ul
          aria-label={place ? `Comments on ${place.path}` : 'Comments on the plan'}
          className="flex flex-col gap-3"
        >
          {comments.map((comment) => (
            <Comment
              key={comment.id}
              planId={planId}
              comment={comment}
              line={comment.line === null ? null : (lines[comment.line - 1] ?? '')}
            />
          ))}
        </ul>
      )}
      {team.can('plans.review') &&
        (writing ? (
          <CommentForm planId={planId} place={place} lines={lines.length} onDone={() => setWriting(false)} />
        ) : (
          <Button variant="outline" size="sm" className="w-fit" onClick={() => setWriting(true)}>
            <MessageSquare />
            Comment
            {place && <span className="sr-only"> on {place.path}</span>}
          </Button>
        ))}
    </div>
  );
}

function Comment({ planId, comment, line }: { planId: string; comment: PlanComment; line: string | null }) {
  const team = useTeam();
  const [editing, setEditing] = useState(false);
  const remove = useRemoveComment(team.slug, planId);
  const name = comment.author?.name ?? 'A former member';
  const own = comment.author?.id === team.user.id && team.can('plans.review');
  return (
    <li className="min-w-0 rounded-md border bg-card text-sm">
      <header className="flex flex-wrap items-center gap-x-2 border-b bg-muted/40 px-3 py-1.5 text-xs">
        <span className="font-medium">{name}</span>
        <span className="text-muted-foreground">
          <RelativeTime at={comment.createdAt} />
          {comment.editedAt && ', edited'}
        </span>
        {own && !editing && (
          <span className="ml-auto flex gap-1">
            <Button variant="ghost" size="sm" className="h-6" onClick={() => setEditing(true)}>
              Edit
            </Button>
            <Button
              variant="ghost"
              size="sm"
              className="h-6"
              pending={remove.isPending}
              onClick={() => remove.mutate(comment.id)}
            >
              Delete
            </Button>
          </span>
        )}
      </header>
      {line !== null && (
        <p className="border-b bg-code px-3 py-1 font-mono text-xs [overflow-wrap:anywhere]">
          <span className="select-none font-sans text-muted-foreground">line {comment.line}: </span>
          {plainOutput(line)}
        </p>
      )}
      {editing ? (
        <div className="p-3">
          <CommentForm
            planId={planId}
            place={null}
            lines={0}
            edited={comment}
            onDone={() => setEditing(false)}
          />
        </div>
      ) : (
        // Plain text, as it was typed: no markup of any kind.
        <p className="whitespace-pre-wrap px-3 py-2 [overflow-wrap:anywhere]">{plainOutput(comment.body)}</p>
      )}
      {remove.isError && <p className="px-3 pb-2 text-danger text-xs">{remove.error.message}</p>}
    </li>
  );
}

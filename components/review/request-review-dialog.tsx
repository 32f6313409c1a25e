'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReviewState } from '#api/contract/reviews';
import { ErrorState } from '#components/kit/error-state';
import { FormDialog } from '#components/kit/form-dialog';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Checkbox } from '#components/ui/checkbox';
import { Skeleton } from '#components/ui/skeleton';
import { can } from '#core/access/permissions';
import { useRequestReview } from '#queries/reviews';
import { teamQueries } from '#queries/team';

interface Props {
  planId: string;
  state: ReviewState;
  onClose: () => void;
}

/** Chooses who is asked to review the plan. */
export function RequestReviewDialog({ planId, state, onClose }: Props) {
  const team = useTeam();
  const detail = useQuery(teamQueries.get(team.slug));
  const [chosen, setChosen] = useState(() => new Set(state.requested.map(({ person }) => person.id)));
  const request = useRequestReview(team.slug, planId);
  const people = (detail.data?.members ?? []).filter(
    ({ person, role }) => can(role, 'plans.review') && !state.authorIds.includes(person.id),
  );
  const choose = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const submit = () =>
    request.mutate([...chosen], {
      onSuccess: () => {
        toast.success(chosen.size === 0 ? 'Review requests withdrawn' : 'Review requested');
        onClose();
      },
    });
  return (
    <FormDialog
      title="Request a review"
      text="From people who neither made this plan nor saved what it brings."
      action={chosen.size === 1 ? 'Ask one person' : `Ask ${chosen.size} people`}
      pending={request.isPending}
      disabled={people.length === 0}
      onSubmit={submit}
      onClose={onClose}
    >
      {detail.isPending && <Skeleton className="h-24" />}
      {detail.isError && <ErrorState error={detail.error} onRetry={() => detail.refetch()} />}
      {detail.data && people.length === 0 && (
        <p className="text-muted-foreground text-sm">
          There is nobody else in this team who may review. An admin can invite somebody.
        </p>
      )}
      <ul className="flex max-h-72 flex-col gap-1 overflow-y-auto">
        {people.map(({ person, role }) => (
          <li key={person.id}>
            <label
              htmlFor={`reviewer-${person.id}`}
              className="flex min-h-9 items-center gap-3 rounded-md px-2 text-sm hover:bg-accent"
            >
              <Checkbox
                id={`reviewer-${person.id}`}
                checked={chosen.has(person.id)}
                onCheckedChange={(on) => choose(person.id, on)}
              />
              <span className="min-w-0 flex-1 truncate">
                {person.name} <span className="text-muted-foreground text-xs">{person.email}</span>
              </span>
              <span className="text-muted-foreground text-xs">{role}</span>
            </label>
          </li>
        ))}
      </ul>
      {request.isError && <ErrorState error={request.error} />}
    </FormDialog>
  );
}

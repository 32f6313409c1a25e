'use client';
import { Undo2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { Apply } from '#api/contract/applies';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { useUndoApply } from '#queries/applies';

/** Back to what ran before, on every host where the apply succeeded: as a plan that is reviewed first. */
export function UndoButton({ apply }: { apply: Apply }) {
  const team = useTeam();
  const router = useRouter();
  const undo = useUndoApply(team.slug, apply.id);
  const done = apply.targets.filter(({ status }) => status === 'succeeded').length;
  const start = () =>
    undo.mutate(undefined, { onSuccess: ({ id }) => router.push(`/${team.slug}/plans/${id}`) });
  return (
    <>
      <Button size="sm" variant="outline" className="mt-2.5" pending={undo.isPending} onClick={start}>
        <Undo2 />
        {done === 1 ? 'Plan to undo it' : `Plan to undo it on all ${done}`}
      </Button>
      {undo.isError && <ErrorState error={undo.error} onRetry={start} className="mt-2" />}
    </>
  );
}

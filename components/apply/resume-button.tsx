'use client';
import { RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { Apply } from '#api/contract/applies';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { useCreateApply } from '#queries/applies';

/** Applies the same reviewed plan once more, where the apply was cut short. The hosts check first that nothing has moved since the review. */
export function ResumeButton({ apply }: { apply: Apply }) {
  const team = useTeam();
  const router = useRouter();
  const resume = useCreateApply(team.slug);
  if (!apply.resumable || !team.can('applies.run')) return null;
  const start = () =>
    resume.mutate(
      { planId: apply.planId, planHash: apply.planHash, holdSeconds: apply.holdSeconds, resume: apply.id },
      { onSuccess: ({ id }) => router.push(`/${team.slug}/applies/${id}`) },
    );
  return (
    <>
      <Button size="sm" pending={resume.isPending} onClick={start}>
        <RotateCw />
        Apply the same plan again
      </Button>
      {resume.isError && <ErrorState error={resume.error} className="order-last basis-full" />}
    </>
  );
}

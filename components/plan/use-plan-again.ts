import { useRouter } from 'next/navigation';
import type { Plan } from '#api/contract/plans';
import { useTeam } from '#components/kit/team-context';
import { useCreatePlan } from '#queries/plans';

interface Decision {
  readonly targetId: string;
  readonly id: string;
}

interface More {
  readonly accept?: readonly (Decision & { readonly reason: string })[];
  readonly takeOver?: readonly Decision[];
  /** These targets of the plan alone; all of them when absent. */
  readonly only?: readonly string[];
}

/** Makes the same plan from the hosts as they are now, with what was decided for it and what is decided now, and goes there. */
export function usePlanAgain(plan: Plan) {
  const team = useTeam();
  const router = useRouter();
  const { mutate, isPending, isError, error } = useCreatePlan(team.slug);
  const again = ({ accept = [], takeOver = [], only }: More = {}) => {
    const targets = plan.targets.filter(({ targetId }) => !only || only.includes(targetId));
    mutate(
      {
        siteIds: plan.sites.map(({ id }) => id),
        targetIds: targets.map(({ targetId }) => targetId),
        accept: [
          ...targets.flatMap(({ targetId, accepted }) => accepted.map((each) => ({ targetId, ...each }))),
          ...accept,
        ],
        takeOver: [
          ...targets.flatMap(({ targetId, takenOver }) => takenOver.map((id) => ({ targetId, id }))),
          ...takeOver,
        ],
      },
      { onSuccess: ({ id }) => router.push(`/${team.slug}/plans/${id}`) },
    );
  };
  return { again, isPending, isError, error };
}

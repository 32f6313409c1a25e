import { useRouter } from 'next/navigation';
import { useCheckDrift } from '#queries/drift';
import { useCreatePlan } from '#queries/plans';
import { troubleOf } from '../../kit/describe-error';
import { useTeam } from '../../kit/team-context';
import { toast } from '../../kit/toast';

/** What the palette does by itself. Both ask hosts, which takes seconds: the palette closes, and the outcome is told where it is seen from any page. */
export function usePaletteActs() {
  const team = useTeam();
  const router = useRouter();
  const plan = useCreatePlan(team.slug);
  const compare = useCheckDrift(team.slug);
  const onError = (error: unknown) => {
    const { title, hint } = troubleOf(error);
    toast.error(title, { description: hint });
  };
  return {
    plan: (site: { readonly id: string; readonly name: string }) => {
      toast.success(`Reading the hosts of ${site.name}…`);
      plan.mutate(
        { siteIds: [site.id] },
        { onError, onSuccess: ({ id }) => router.push(`/${team.slug}/plans/${id}`) },
      );
    },
    compare: (host: { readonly id: string; readonly name: string }) => {
      toast.success(`Comparing ${host.name}…`);
      compare.mutate(
        { hostIds: [host.id] },
        { onError, onSuccess: () => router.push(`/${team.slug}/hosts/${host.id}`) },
      );
    },
  };
}

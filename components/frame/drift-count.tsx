import { useQuery } from '@tanstack/react-query';
import { driftQueries } from '#queries/drift';

/** Often enough to notice, seldom enough to cost nothing. */
const refreshMs = 60_000;

/** How many files wait for a decision; nothing at all when none does. */
export function DriftCount({ team }: { team: string }) {
  const { data } = useQuery({
    ...driftQueries.summary(team),
    refetchInterval: refreshMs,
    staleTime: refreshMs / 2,
  });
  if (!data || data.open === 0) return null;
  return (
    <span className="ml-auto rounded-full bg-warning-subtle px-1.5 font-medium text-warning text-xs tabular-nums">
      {data.open}
      <span className="sr-only"> open</span>
    </span>
  );
}

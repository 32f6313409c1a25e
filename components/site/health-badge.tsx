import type { SiteSummary } from '#api/contract/sites';
import { StatusBadge } from '#components/kit/status-badge';

interface Props {
  site: Pick<SiteSummary, 'health' | 'healthSeen'>;
  variant?: 'badge' | 'plain';
}

/** What the last look at the site through its proxy saw; grey, with its age, when that was long ago. */
export function HealthBadge({ site, variant = 'badge' }: Props) {
  return (
    <StatusBadge kind="health" status={site.health} seenAt={site.healthSeen?.at ?? null} variant={variant} />
  );
}

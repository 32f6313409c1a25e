import type { SiteSummary } from '#api/contract/sites';
import { StatusBadge } from '#components/kit/status-badge';
import { healthLooks } from '../kit/looks/health-looks';

interface Props {
  site: Pick<SiteSummary, 'health' | 'healthSeen'>;
  variant?: 'badge' | 'plain';
}

/** What the last look at the site through its proxy saw; grey, with its age, when that was long ago. */
export function HealthBadge({ site, variant = 'badge' }: Props) {
  return (
    <StatusBadge look={healthLooks[site.health]} seenAt={site.healthSeen?.at ?? null} variant={variant} />
  );
}

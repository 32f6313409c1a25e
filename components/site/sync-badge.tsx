import type { SiteSummary } from '#api/contract/sites';
import { StatusBadge } from '#components/kit/status-badge';
import { syncLooks } from '../kit/looks/sync-looks';

interface Props {
  site: Pick<SiteSummary, 'sync' | 'syncSeenAt'>;
  variant?: 'badge' | 'plain';
}

/** Whether the hosts ran what is saved when they were compared last. */
export function SyncBadge({ site, variant = 'badge' }: Props) {
  return <StatusBadge look={syncLooks[site.sync]} seenAt={site.syncSeenAt} variant={variant} />;
}

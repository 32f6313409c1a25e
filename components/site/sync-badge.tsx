import type { SiteSummary } from '#api/contract/sites';
import { StatusBadge } from '#components/kit/status-badge';

interface Props {
  site: Pick<SiteSummary, 'sync' | 'syncSeenAt'>;
  variant?: 'badge' | 'plain';
}

/** Whether the hosts ran what is saved when they were compared last. */
export function SyncBadge({ site, variant = 'badge' }: Props) {
  return <StatusBadge kind="sync" status={site.sync} seenAt={site.syncSeenAt} variant={variant} />;
}

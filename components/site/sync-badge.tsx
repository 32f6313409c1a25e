import type { SiteSummary } from '#api/contract/sites';
import { StatusBadge } from '#components/shell/status-badge';

interface Props {
  site: Pick<SiteSummary, 'sync' | 'targets'>;
  variant?: 'badge' | 'plain';
}

/** Whether the hosts run what is saved; a site without hosts says so. */
export function SyncBadge({ site, variant = 'badge' }: Props) {
  const nowhere = site.targets.length === 0;
  return (
    <StatusBadge
      kind="sync"
      status={nowhere ? 'unknown' : site.sync}
      variant={variant}
      {...(nowhere && { label: 'Runs nowhere' })}
    />
  );
}

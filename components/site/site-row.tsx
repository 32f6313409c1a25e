'use client';
import Link from 'next/link';
import { memo } from 'react';
import type { SiteSummary } from '#api/contract/sites';
import { RelativeTime } from '#components/kit/relative-time';
import { StatusBadge } from '#components/kit/status-badge';
import { Badge } from '#components/ui/badge';
import { Checkbox } from '#components/ui/checkbox';
import { cn } from '#components/ui/cn';
import { applyLooks } from '../kit/looks/apply-looks';
import { CertificateDays } from './certificate-days';
import { HealthBadge } from './health-badge';
import { siteColumns } from './site-columns';
import { SyncBadge } from './sync-badge';

interface Props {
  site: SiteSummary;
  /** Name of its CI server. */
  presetTitle: string;
  href: string;
  index: number;
  /** Position of the row in the list. */
  topPx: number;
  heightPx: number;
  selectable: boolean;
  selected: boolean;
  onSelect: (id: string, selected: boolean) => void;
}

const cell = 'min-w-0 px-2';

/** One site. Wide: a table row; narrow: two lines with what matters most. */
export const SiteRow = memo(function SiteRow({
  site,
  presetTitle,
  href,
  index,
  topPx,
  heightPx,
  selectable,
  selected,
  onSelect,
}: Props) {
  return (
    <tr
      aria-rowindex={index + 2}
      style={{ height: heightPx, transform: `translateY(${topPx}px)` }}
      className={cn(
        'group contain-strict absolute inset-x-0 top-0 border-b text-sm focus-within:bg-accent/60 hover:bg-accent/50 md:items-center',
        'grid grid-cols-[2.25rem_minmax(0,1fr)_7.25rem] content-center items-center gap-y-0.5',
        siteColumns,
        selected && 'bg-brand-subtle/45 hover:bg-brand-subtle/60',
      )}
    >
      <td className="row-span-2 flex justify-center md:row-span-1">
        {selectable && (
          <Checkbox
            checked={selected}
            onCheckedChange={(next) => onSelect(site.id, next === true)}
            aria-label={`Select ${site.name}`}
            className="relative z-10"
          />
        )}
      </td>
      <td className={cn(cell, 'row-span-2 pl-0 md:row-span-1 md:pl-2')}>
        <span className="flex min-w-0 items-center gap-2">
          <Link
            href={href}
            prefetch={false}
            data-row-link={index}
            className="truncate font-medium after:absolute after:inset-0 after:content-[''] focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:outline-offset-[-2px]"
          >
            {site.name}
          </Link>
          {site.lists.slice(0, 3).map((list) => (
            <Badge key={list.id} className="h-[18px] min-w-0 shrink truncate font-normal max-md:hidden">
              {list.name}
            </Badge>
          ))}
        </span>
        <div className="truncate text-muted-foreground text-xs">
          {site.hostnames[0]}
          {site.hostnames.length > 1 && (
            <span title={site.hostnames.slice(1).join(', ')}> +{site.hostnames.length - 1}</span>
          )}
        </div>
      </td>
      <td className={cn(cell, 'truncate max-md:hidden')}>{presetTitle}</td>
      <td className={cn(cell, 'truncate text-muted-foreground max-md:hidden')} title={hostNames(site)}>
        {site.targets.length === 0 ? 'no host' : hostNames(site)}
      </td>
      <td className={cn(cell, 'flex max-md:col-start-3 max-md:row-start-1 max-md:text-xs')}>
        <SyncBadge site={site} variant="plain" />
      </td>
      <td className={cn(cell, 'flex max-md:col-start-3 max-md:row-start-2 max-md:text-xs')}>
        <HealthBadge site={site} variant="plain" />
      </td>
      <td className={cn(cell, 'hidden lg:flex')}>
        <CertificateDays expiresAt={site.certificateExpiresAt} />
      </td>
      <td className={cn(cell, 'hidden xl:block')}>
        {site.lastApply ? (
          <>
            <span className="flex items-center gap-1.5">
              {site.lastApply.status !== 'succeeded' && isApplyStatus(site.lastApply.status) && (
                <StatusBadge look={applyLooks[site.lastApply.status]} variant="icon" />
              )}
              <RelativeTime at={site.lastApply.at} />
            </span>
            {site.lastApply.by && (
              <span className="block truncate text-muted-foreground text-xs">{site.lastApply.by.name}</span>
            )}
          </>
        ) : (
          <span className="text-muted-foreground">never</span>
        )}
      </td>
    </tr>
  );
});

function hostNames(site: SiteSummary): string {
  return site.targets.map(({ hostName }) => hostName).join(', ');
}

function isApplyStatus(status: string): status is keyof typeof applyLooks {
  return status in applyLooks;
}

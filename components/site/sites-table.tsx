'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useCallback, useDeferredValue, useEffect, useRef } from 'react';
import type { SiteSummary } from '#api/contract/sites';
import { Checkbox } from '#components/ui/checkbox';
import { cn } from '#components/ui/cn';
import { presetTitles } from '#core/site/preset-titles';
import { useMedia } from '../kit/use-media';
import { useRowWindow } from '../kit/use-row-window';
import { isTyping } from '../kit/use-shortcuts';
import { PassingRow } from './passing-row';
import { rowHeightPx, siteColumns } from './site-columns';
import { SiteRow } from './site-row';
import type { SiteSort } from './use-sites-filter';

interface Props {
  sites: readonly SiteSummary[];
  total: number;
  hrefOf: (id: string) => string;
  sort: SiteSort;
  onSort: (sort: SiteSort) => void;
  selectable: boolean;
  selection: ReadonlySet<string>;
  onSelect: (id: string, selected: boolean) => void;
  onSelectAll: (selected: boolean) => void;
  /** Called when the end of the loaded rows comes near. */
  onNearEnd: () => void;
}

/** How long a row that the keyboard goes to may take to be drawn. */
const framesToDraw = 30;
/** Rows ahead of the screen that should be loaded already. */
const lookAhead = 120;

export function SitesTable({
  sites,
  total,
  hrefOf,
  sort,
  onSort,
  selectable,
  selection,
  onSelect,
  onSelectAll,
  onNearEnd,
}: Props) {
  const list = useRef<HTMLTableSectionElement>(null);
  const narrow = useMedia('(max-width: 767px)');
  const height = narrow ? rowHeightPx.narrow : rowHeightPx.wide;
  const rows = useRowWindow({ list, count: total, rowHeightPx: height, overscan: 12 });
  const { first, last } = rows;
  // While rows fly by they come as their names alone: whole ones take many times as long, and nobody could read them. They follow when there is time.
  const drawn = useDeferredValue(rows);
  const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset);
  useEffect(() => {
    if (sites.length < total && last > sites.length - lookAhead) onNearEnd();
  }, [last, sites.length, total, onNearEnd]);

  const focusRow = useCallback(
    (index: number) => {
      if (index < 0 || index >= sites.length) return;
      const top = (list.current?.getBoundingClientRect().top ?? 0) + index * height;
      // Clear of the sticky heading above, and of the selection bar below.
      if (top < 90) window.scrollBy({ top: top - 90 });
      else if (top + height > window.innerHeight - 80)
        window.scrollBy({ top: top + height - window.innerHeight + 80 });
      // The row may first have to be drawn.
      const tryFocus = (frames: number) => {
        const link = list.current?.querySelector<HTMLElement>(`[data-row-link="${index}"]`);
        if (link) link.focus({ preventScroll: true });
        else if (frames > 0) requestAnimationFrame(() => tryFocus(frames - 1));
      };
      tryFocus(framesToDraw);
    },
    [height, sites.length],
  );

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      const current = Number(document.activeElement?.getAttribute('data-row-link') ?? -1);
      if (event.key === 'j' || event.key === 'k') {
        event.preventDefault();
        focusRow(
          current === -1
            ? Math.max(0, Math.ceil(-(list.current?.getBoundingClientRect().top ?? 0) / height))
            : current + (event.key === 'j' ? 1 : -1),
        );
      } else if (event.key === 'x' && selectable && current >= 0) {
        const site = sites[current];
        if (!site) return;
        event.preventDefault();
        onSelect(site.id, !selection.has(site.id));
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [focusRow, height, sites, selectable, selection, onSelect]);

  const allSelected = sites.length > 0 && sites.every(({ id }) => selection.has(id));
  // Tables laid out as blocks and grids keep their meaning, and rows can be positioned.
  return (
    <table aria-label="Sites" aria-rowcount={total + 1} className="block rounded-lg border bg-card shadow-xs">
      <thead className="sticky top-12 z-20 block rounded-t-lg border-b bg-card lg:top-0">
        <tr
          aria-rowindex={1}
          className={cn(
            'grid h-9 grid-cols-[2.25rem_minmax(0,1fr)_7.25rem] items-center text-left text-muted-foreground text-xs',
            siteColumns,
          )}
        >
          <Header className="flex justify-center">
            {selectable ? (
              <Checkbox
                checked={allSelected ? true : selection.size > 0 ? 'indeterminate' : false}
                onCheckedChange={(next) => onSelectAll(next === true)}
                aria-label="Select all loaded sites"
              />
            ) : (
              <span className="sr-only">Selection</span>
            )}
          </Header>
          <SortHeader field="name" sort={sort} onSort={onSort} className="pl-0 md:pl-2">
            Site
          </SortHeader>
          <Header className="max-md:hidden">CI server</Header>
          <Header className="max-md:hidden">Hosts</Header>
          <Header>Sync</Header>
          <Header className="max-md:hidden">Health</Header>
          <Header className="hidden lg:block">Certificate</Header>
          <Header className="hidden xl:block">Last apply</Header>
        </tr>
      </thead>
      <tbody ref={list} className="relative block" style={{ height: total * height }}>
        {indexes.map((index) => {
          const site = sites[index];
          const topPx = index * height;
          return site && index >= drawn.first && index <= drawn.last ? (
            <SiteRow
              key={index}
              site={site}
              presetTitle={presetTitles[site.preset]}
              href={hrefOf(site.id)}
              index={index}
              topPx={topPx}
              heightPx={height}
              selectable={selectable}
              selected={selection.has(site.id)}
              onSelect={onSelect}
            />
          ) : (
            <PassingRow key={index} name={site?.name ?? null} index={index} topPx={topPx} heightPx={height} />
          );
        })}
      </tbody>
    </table>
  );
}

function Header({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <th scope="col" className={cn('px-2 font-medium', className)}>
      {children}
    </th>
  );
}

interface SortProps {
  field: 'name';
  sort: SiteSort;
  onSort: (sort: SiteSort) => void;
  className?: string;
  children: ReactNode;
}

function SortHeader({ field, sort, onSort, className, children }: SortProps) {
  const active = sort === field || sort === `-${field}`;
  const Icon = sort === `-${field}` ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={active ? (sort === field ? 'ascending' : 'descending') : 'none'}
      className={cn('px-2 font-medium', className)}
    >
      <button
        type="button"
        onClick={() => onSort(sort === field ? `-${field}` : field)}
        className="-mx-1 inline-flex h-6 items-center gap-1 rounded-sm px-1 hover:text-foreground"
      >
        {children}
        {active && <Icon className="size-3" aria-hidden />}
      </button>
    </th>
  );
}

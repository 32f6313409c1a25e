'use client';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Plan } from '#api/contract/plans';
import type { Change } from '#core/change/change';
import { alikeGroups } from '#core/plan/alike-groups';
import { siteGroups } from '#core/plan/site-groups';
import type { TargetPlan } from '#core/plan/target-plan';
import { GroupRow } from './group-row';
import { PlanFilterBar } from './plan-filter-bar';
import { TargetHeader } from './target-header';
import { isShown, usePlanFilter } from './use-plan-filter';

const rowPx = 54;
/** Rows kept beyond the window on each side, so that a key press finds its next one. */
const beyond = 6;

interface Props {
  plan: Plan;
  team: string;
  /** The diff of one file. */
  file: (target: TargetPlan, change: Change) => ReactNode;
}

/** A plan of many sites: grouped by site, folded, and only what is in the window is in the page. */
export function ManyPlan({ plan, team, file }: Props) {
  const filter = usePlanFilter();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const groups = useMemo(() => plan.targets.flatMap(siteGroups), [plan.targets]);
  const { show, find, host } = filter;
  const rows = useMemo(() => {
    const words = find.trim().toLowerCase();
    const shown = groups.filter(
      (group) =>
        isShown(group, show) &&
        (host === null || group.target.hostId === host) &&
        (words === '' || (group.site?.name.toLowerCase().includes(words) ?? false)),
    );
    return plan.targets.flatMap((target) => {
      const alike = alikeGroups(shown.filter((group) => group.target === target));
      return alike.length === 0
        ? []
        : [
            { key: target.targetId, target, alike: null },
            ...alike.map((each) => ({ key: each.key, target, alike: each })),
          ];
    });
  }, [groups, plan.targets, show, find, host]);

  const list = useRef<HTMLDivElement>(null);
  const [topPx, setTopPx] = useState(0);
  useLayoutEffect(() => {
    const top = list.current ? list.current.getBoundingClientRect().top + window.scrollY : 0;
    setTopPx((before) => (Math.abs(before - top) > 1 ? top : before));
  });
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowPx,
    overscan: beyond,
    scrollMargin: topPx,
    getItemKey: (index) => rows[index]?.key ?? index,
  });
  const toggle = (key: string, open: boolean) =>
    setOpened((before) => {
      const after = new Set(before);
      if (open) after.add(key);
      else after.delete(key);
      return after;
    });
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <PlanFilterBar filter={filter} groups={groups} />
      {rows.length === 0 && (
        <p className="py-6 text-center text-muted-foreground text-sm">Nothing in this plan matches.</p>
      )}
      <div ref={list} className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className="absolute inset-x-0 top-0 pb-2"
              style={{ transform: `translateY(${start - topPx}px)` }}
            >
              {row.alike ? (
                <GroupRow
                  alike={row.alike}
                  open={opened.has(row.key)}
                  onOpen={(open) => toggle(row.key, open)}
                  files={(group) => group.changes.map((change) => file(group.target, change))}
                />
              ) : (
                <TargetHeader team={team} plan={row.target} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

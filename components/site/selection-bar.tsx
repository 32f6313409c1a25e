'use client';
import { ListChecks } from 'lucide-react';
import { Button } from '#components/ui/button';

interface Props {
  count: number;
  /** Rows that match the filter, when more than are selected. */
  matching: number;
  loadingAll: boolean;
  onSelectMatching: () => void;
  onClear: () => void;
  onPlan: () => void;
  planning: boolean;
}

export function SelectionBar({
  count,
  matching,
  loadingAll,
  onSelectMatching,
  onClear,
  onPlan,
  planning,
}: Props) {
  return (
    <div className="fixed inset-x-0 bottom-4 z-30 flex justify-center px-3 lg:left-56">
      <section
        aria-label="Selection"
        className="flex flex-wrap items-center gap-2 rounded-xl border bg-popover py-2 pr-2 pl-4 shadow-lg"
      >
        <span role="status" className="text-sm tabular-nums">
          {count} selected
        </span>
        {matching > count && (
          <Button variant="link" size="sm" className="px-1" pending={loadingAll} onClick={onSelectMatching}>
            Select all {matching}
          </Button>
        )}
        <Button variant="ghost" onClick={onClear}>
          Clear
        </Button>
        <Button onClick={onPlan} pending={planning}>
          <ListChecks />
          Plan changes
        </Button>
      </section>
    </div>
  );
}

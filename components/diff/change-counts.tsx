import { cn } from '#components/ui/cn';
import type { Counts } from './diff-rows';

const blocks = 5;

/** `+12 −3` and, where there is room, five blocks that show the balance. */
export function ChangeCounts({
  counts,
  bar = false,
  className,
}: {
  counts: Counts;
  bar?: boolean;
  className?: string;
}) {
  const total = counts.added + counts.removed;
  const scale = Math.max(total, blocks);
  const green = Math.round((counts.added / scale) * blocks);
  const red = Math.min(blocks - green, Math.ceil((counts.removed / scale) * blocks));
  return (
    <span
      className={cn('inline-flex shrink-0 items-center gap-1.5 font-mono text-xs tabular-nums', className)}
    >
      <span className="text-ok" title={`${counts.added} lines added`}>
        +{counts.added}
        <span className="sr-only"> lines added,</span>
      </span>
      <span className="text-danger" title={`${counts.removed} lines removed`}>
        −{counts.removed}
        <span className="sr-only"> lines removed</span>
      </span>
      {bar && (
        <span aria-hidden className="hidden gap-px sm:inline-flex">
          {Array.from({ length: blocks }, (_, index) => `${index}`).map((key, index) => (
            <span
              key={key}
              className={cn(
                'size-2 rounded-[2px]',
                index < green ? 'bg-ok' : index < green + red ? 'bg-danger' : 'bg-border',
              )}
            />
          ))}
        </span>
      )}
    </span>
  );
}

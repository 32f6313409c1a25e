import { memo } from 'react';
import { cn } from '#components/ui/cn';
import type { DiffLine } from '#core/plan/diff';
import type { ServerKind } from '#core/web-server/render-target';
import type { SplitRow, ThreeWayRow } from './diff-rows';
import { LineText } from './line-text';

// Rows are flex boxes inside real table elements: a screen reader gets a table, and rows out of sight cost nothing.
const tones = {
  same: { row: '', sign: '', spoken: '', mark: '' },
  removed: { row: 'bg-diff-del', sign: '−', spoken: 'removed', mark: 'bg-diff-del-word' },
  added: { row: 'bg-diff-add', sign: '+', spoken: 'added', mark: 'bg-diff-add-word' },
} as const satisfies Record<DiffLine['kind'], unknown>;

const numberCell =
  'w-9 shrink-0 select-none pr-2 text-right text-diff-gutter tabular-nums before:content-[attr(data-number)] sm:w-11';
const wrapped = 'whitespace-pre-wrap [overflow-wrap:anywhere]';

/** A line of the unified view. */
export const UnifiedRow = memo(function UnifiedRow({
  server,
  line,
  wrap,
}: {
  server: ServerKind;
  line: DiffLine;
  wrap: boolean;
}) {
  return (
    <tr className={cn('flex min-h-5 min-w-full', tones[line.kind].row)}>
      <td data-number={line.oldNumber ?? ''} className={cn(numberCell, 'max-sm:hidden')} />
      <td data-number={line.newNumber ?? line.oldNumber ?? ''} className={cn(numberCell, 'sm:hidden')} />
      <td data-number={line.newNumber ?? ''} className={cn(numberCell, 'max-sm:hidden')} />
      <Sign line={line} />
      <Content server={server} line={line} wrap={wrap} />
    </tr>
  );
});

/** A line of the side-by-side view. */
export const SplitDiffRow = memo(function SplitDiffRow({
  server,
  row,
}: {
  server: ServerKind;
  row: SplitRow;
}) {
  return (
    <tr className="grid min-h-5 grid-cols-2">
      <Side server={server} line={row.left} number={row.left?.oldNumber ?? null} />
      <Side server={server} line={row.right} number={row.right?.newNumber ?? null} className="border-l" />
    </tr>
  );
});

/** Last applied, on the host now, planned. */
export const ThreeWayDiffRow = memo(function ThreeWayDiffRow({
  server,
  row,
}: {
  server: ServerKind;
  row: ThreeWayRow;
}) {
  return (
    <tr className="grid min-h-5 grid-cols-3">
      <Side server={server} line={row.last} number={row.last?.oldNumber ?? null} />
      <Side server={server} line={row.live} number={row.liveNumber} className="border-l" />
      <Side server={server} line={row.planned} number={row.planned?.newNumber ?? null} className="border-l" />
    </tr>
  );
});

function Side({
  server,
  line,
  number,
  className,
}: {
  server: ServerKind;
  line: DiffLine | null;
  number: number | null;
  className?: string;
}) {
  if (!line) return <td className={cn('bg-muted/60', className)} />;
  return (
    <td className={cn('flex min-w-0', tones[line.kind].row, className)}>
      <span data-number={number ?? ''} className={numberCell} />
      <Sign line={line} as="span" />
      <Content server={server} line={line} wrap as="span" />
    </td>
  );
}

function Sign({ line, as: As = 'td' }: { line: DiffLine; as?: 'td' | 'span' }) {
  const tone = tones[line.kind];
  return (
    <As className="w-4 shrink-0 select-none text-center text-diff-gutter">
      <span aria-hidden>{tone.sign}</span>
      <span className="sr-only">{tone.spoken}</span>
    </As>
  );
}

function Content({
  server,
  line,
  wrap,
  as: As = 'td',
}: {
  server: ServerKind;
  line: DiffLine;
  wrap: boolean;
  as?: 'td' | 'span';
}) {
  return (
    <As dir="ltr" className={cn('min-w-0 flex-1 pr-4', wrap ? wrapped : 'whitespace-pre')}>
      <LineText server={server} text={line.text} marks={line.marks} markClass={tones[line.kind].mark} />
      {!line.lineEnd && (
        <span className="ml-2 select-none font-sans text-[11px] text-muted-foreground italic">
          no line feed at the end
        </span>
      )}
    </As>
  );
}

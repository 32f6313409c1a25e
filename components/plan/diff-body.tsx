'use client';
import { ChevronDown, ChevronsUpDown, ChevronUp } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { Button } from '#components/ui/button';
import { cn } from '#components/ui/cn';
import type { DiffLine } from '#core/plan/diff';
import type { ServerKind } from '#core/servers/types';
import { SplitDiffRow, ThreeWayDiffRow, UnifiedRow } from './diff-row';
import { foldUnchanged, openGap, splitRows, threeWayRows } from './diff-rows';

export type DiffMode = 'unified' | 'split';

const lineHeightPx = 20;
/** Lines laid out as one: small enough to skip most of a long file, large enough to be few. */
const chunkLines = 80;
const stepLines = 20;

interface BodyProps {
  /** Whose syntax the lines are in. */
  server: ServerKind;
  label: string;
  lines: readonly DiffLine[];
  /** Both sides exist, so that they can face each other. */
  twoSided: boolean;
  /** Headings of the two sides. */
  sides: readonly [string, string];
  mode: DiffMode;
  wrap: boolean;
}

/** The lines of one file, old against new, with unchanged stretches folded. */
export function DiffBody({ server, label, lines: allLines, twoSided, sides, mode, wrap }: BodyProps) {
  const blocks = useMemo(() => foldUnchanged(allLines), [allLines]);
  // A new or deleted file has one side only; facing it with nothing would waste half the width.
  const split = mode === 'split' && twoSided;
  const rows = (lines: readonly DiffLine[]) =>
    split
      ? splitRows(lines).map((row, index) => ({
          key: `${row.left?.oldNumber ?? ''}:${row.right?.newNumber ?? index}`,
          row: <SplitDiffRow server={server} row={row} />,
        }))
      : lines.map((line) => ({
          key: `${line.oldNumber ?? ''}:${line.newNumber ?? ''}`,
          row: <UnifiedRow server={server} line={line} wrap={wrap} />,
        }));
  return (
    <DiffTable label={label} columns={split ? sides : null} scroll={!wrap && !split}>
      {blocks.map((block, index) =>
        block.kind === 'gap' ? (
          <Gap
            key={keyOf(block.lines)}
            lines={block.lines}
            first={index === 0}
            last={index === blocks.length - 1}
            rows={rows}
          />
        ) : (
          <Lines
            key={keyOf(block.lines)}
            rows={rows(block.lines)}
            hunk={block.lines.some((line) => line.kind !== 'same')}
          />
        ),
      )}
    </DiffTable>
  );
}

/** What we applied last, what a hand made of it, and what the apply would make of that. */
export function ThreeWayBody({
  server,
  label,
  last,
  live,
  planned,
}: {
  server: ServerKind;
  label: string;
  last: string;
  live: string;
  planned: string | null;
}) {
  const rows = useMemo(() => threeWayRows(last, live, planned), [last, live, planned]);
  return (
    <DiffTable
      label={label}
      columns={['Last applied', 'On the host now', 'Planned']}
      scroll
      minWidth="min-w-[54rem]"
    >
      <Lines
        hunk
        rows={rows.map((row) => ({
          key: `${row.last?.oldNumber ?? ''}:${row.live?.newNumber ?? row.live?.oldNumber ?? ''}:${row.planned?.newNumber ?? ''}`,
          row: <ThreeWayDiffRow server={server} row={row} />,
        }))}
      />
    </DiffTable>
  );
}

interface TableProps {
  label: string;
  /** Headings of the columns, `null` for a view with one. */
  columns: readonly string[] | null;
  scroll: boolean;
  minWidth?: string;
  children: ReactNode;
}

function DiffTable({ label, columns, scroll, minWidth = 'min-w-full', children }: TableProps) {
  return (
    // A scrolling region must be reachable by keyboard.
    <section
      aria-label={label}
      {...(scroll && { tabIndex: 0 })}
      className={cn('focus-visible:-outline-offset-2', scroll && 'overflow-x-auto')}
    >
      <table
        className={cn(
          'block font-mono text-xs leading-5',
          scroll ? `w-max ${minWidth}` : 'w-full',
          columns?.length === 3 && 'w-full',
        )}
      >
        <thead className={cn('block', !columns && 'sr-only')}>
          <tr
            className={cn(
              'grid border-b bg-muted/50 font-sans text-muted-foreground',
              columns?.length === 3 ? 'grid-cols-3' : 'grid-cols-2',
            )}
          >
            {columns ? (
              columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className="border-l px-3 py-1 text-left font-medium first:border-l-0"
                >
                  {column}
                </th>
              ))
            ) : (
              <>
                <th scope="col">Old line</th>
                <th scope="col">New line</th>
                <th scope="col">Change</th>
                <th scope="col">Text</th>
              </>
            )}
          </tr>
        </thead>
        {children}
      </table>
    </section>
  );
}

interface Row {
  key: string;
  row: ReactNode;
}

function Lines({ rows, hunk = false }: { rows: readonly Row[]; hunk?: boolean }) {
  const chunks = Array.from({ length: Math.ceil(rows.length / chunkLines) }, (_, index) =>
    rows.slice(index * chunkLines, (index + 1) * chunkLines),
  );
  return chunks.map((chunk, index) => (
    <tbody
      key={chunk[0]?.key}
      {...(hunk && index === 0 && { 'data-hunk': '', tabIndex: -1 })}
      className="block scroll-mt-28 focus-visible:-outline-offset-2 [content-visibility:auto]"
      style={{ containIntrinsicBlockSize: `auto ${chunk.length * lineHeightPx}px` }}
    >
      {chunk.map(({ key, row }) => (
        <Keyed key={key}>{row}</Keyed>
      ))}
    </tbody>
  ));
}

function Keyed({ children }: { children: ReactNode }) {
  return children;
}

interface GapProps {
  lines: readonly DiffLine[];
  first: boolean;
  last: boolean;
  rows: (lines: readonly DiffLine[]) => Row[];
}

function Gap({ lines, first, last, rows }: GapProps) {
  const [opened, setOpened] = useState({ top: 0, bottom: 0 });
  const blocks = openGap(lines, opened.top, opened.bottom);
  const hidden = Math.max(0, lines.length - opened.top - opened.bottom);
  return blocks.map((block) =>
    block.kind === 'lines' ? (
      <Lines key={keyOf(block.lines)} rows={rows(block.lines)} />
    ) : (
      <tbody key="gap" className="block">
        <tr className="flex border-y bg-brand-subtle/45 first:border-t-0">
          <td className="sticky left-0 flex flex-wrap items-center gap-1 px-1 py-0.5 font-sans">
            {hidden > stepLines && !first && (
              <Button
                variant="ghost"
                size="icon-xs"
                aria-label={`Show ${stepLines} more lines after line ${block.lines[0]?.newNumber ?? ''}`}
                onClick={() => setOpened(({ top, bottom }) => ({ top: top + stepLines, bottom }))}
              >
                <ChevronDown />
              </Button>
            )}
            {hidden > stepLines && !last && (
              <Button
                variant="ghost"
                size="icon-xs"
                aria-label={`Show ${stepLines} more lines before line ${block.lines.at(-1)?.newNumber ?? ''}`}
                onClick={() => setOpened(({ top, bottom }) => ({ top, bottom: bottom + stepLines }))}
              >
                <ChevronUp />
              </Button>
            )}
            <Button
              variant="ghost"
              size="sm"
              className="h-6"
              onClick={() => setOpened({ top: lines.length, bottom: 0 })}
            >
              <ChevronsUpDown className="size-3.5" />
              {hidden} unchanged {hidden === 1 ? 'line' : 'lines'}
            </Button>
          </td>
        </tr>
      </tbody>
    ),
  );
}

function keyOf(lines: readonly DiffLine[]): string {
  return `${lines[0]?.oldNumber ?? ''}:${lines[0]?.newNumber ?? ''}`;
}

'use client';
import { ChevronDown, ChevronsUpDown, ChevronUp } from 'lucide-react';
import { Fragment, type ReactNode, useState } from 'react';
import { Button } from '#components/ui/button';
import { cn } from '#components/ui/cn';
import { type Block, openGap } from './diff-rows';

const lineHeightPx = 20;
/** Lines laid out as one: small enough to skip most of a long file, large enough to be few. */
const chunkLines = 80;
const stepLines = 20;

/** A line ready to be shown. */
export interface Row {
  readonly key: string;
  readonly row: ReactNode;
}

interface Props<T> {
  label: string;
  /** Headings of the columns, `null` for a view with one. */
  columns: readonly string[] | null;
  scroll: boolean;
  minWidth?: string;
  blocks: readonly Block<T>[];
  rowsOf: (lines: readonly T[]) => Row[];
  isChanged: (line: T) => boolean;
}

/** A diff as a table. Rows are laid out by chunks, and chunks out of sight cost nothing. */
export function DiffTable<T>({
  label,
  columns,
  scroll,
  minWidth = 'min-w-full',
  blocks,
  rowsOf,
  isChanged,
}: Props<T>) {
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
          scroll && minWidth,
          scroll && !columns ? 'w-max' : 'w-full',
        )}
      >
        <thead className={cn('block', !columns && 'sr-only')}>
          <tr
            className={cn(
              'grid border-b bg-muted/50 font-sans text-muted-foreground',
              columns?.length === 3 ? 'grid-cols-3' : 'grid-cols-2',
            )}
          >
            {(columns ?? ['Old line', 'New line', 'Change', 'Text']).map((column) => (
              <th
                key={column}
                scope="col"
                className="border-l px-3 py-1 text-left font-medium first:border-l-0"
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        {blocks.map((block, index) => {
          const rows = rowsOf(block.lines);
          return block.kind === 'gap' ? (
            <Gap key={rows[0]?.key} rows={rows} first={index === 0} last={index === blocks.length - 1} />
          ) : (
            <Lines key={rows[0]?.key} rows={rows} hunk={block.lines.some(isChanged)} />
          );
        })}
      </table>
    </section>
  );
}

function Lines({ rows, hunk = false }: { rows: readonly Row[]; hunk?: boolean }) {
  const chunks = Array.from({ length: Math.ceil(rows.length / chunkLines) }, (_, index) =>
    rows.slice(index * chunkLines, (index + 1) * chunkLines),
  );
  return chunks.map((chunk, index) => (
    <tbody
      key={chunk[0]?.key}
      {...(hunk && index === 0 && { 'data-hunk': '', tabIndex: -1 })}
      className="block scroll-mt-36 focus-visible:-outline-offset-2 [content-visibility:auto] lg:scroll-mt-24"
      style={{ containIntrinsicBlockSize: `auto ${chunk.length * lineHeightPx}px` }}
    >
      {chunk.map(({ key, row }) => (
        <Fragment key={key}>{row}</Fragment>
      ))}
    </tbody>
  ));
}

function Gap({ rows, first, last }: { rows: readonly Row[]; first: boolean; last: boolean }) {
  const [opened, setOpened] = useState({ top: 0, bottom: 0 });
  const hidden = Math.max(0, rows.length - opened.top - opened.bottom);
  const stepwise = hidden > stepLines;
  return openGap(rows, opened.top, opened.bottom).map((block) =>
    block.kind === 'lines' ? (
      <Lines key={block.lines[0]?.key} rows={block.lines} />
    ) : (
      <tbody key="gap" className="block">
        <tr className="flex border-y bg-brand-subtle/45">
          <td className="sticky left-0 flex flex-wrap items-center gap-1 px-1 py-0.5 font-sans">
            {stepwise && !first && (
              <Button
                variant="ghost"
                size="icon-xs"
                aria-label={`Show ${stepLines} more lines from above`}
                onClick={() => setOpened(({ top, bottom }) => ({ top: top + stepLines, bottom }))}
              >
                <ChevronDown />
              </Button>
            )}
            {stepwise && !last && (
              <Button
                variant="ghost"
                size="icon-xs"
                aria-label={`Show ${stepLines} more lines from below`}
                onClick={() => setOpened(({ top, bottom }) => ({ top, bottom: bottom + stepLines }))}
              >
                <ChevronUp />
              </Button>
            )}
            <Button
              variant="ghost"
              size="sm"
              className="h-6"
              onClick={() => setOpened({ top: rows.length, bottom: 0 })}
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

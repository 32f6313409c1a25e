'use client';
import { useMemo } from 'react';
import type { DiffLine } from '#core/plan/diff';
import type { ServerKind } from '#core/web-server/render-target';
import { SplitDiffRow, ThreeWayDiffRow, UnifiedRow } from './diff-row';
import {
  foldUnchanged,
  isChangedLine,
  isChangedRow,
  splitRows,
  type ThreeWayRow,
  threeWayRows,
} from './diff-rows';
import { DiffTable, type Row } from './diff-table';

export type DiffMode = 'unified' | 'split';

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
export function DiffBody({ server, label, lines, twoSided, sides, mode, wrap }: BodyProps) {
  const blocks = useMemo(() => foldUnchanged(lines, isChangedLine), [lines]);
  // A new or deleted file has one side only; facing it with nothing would waste half the width.
  const split = mode === 'split' && twoSided;
  const unified = (shown: readonly DiffLine[]): Row[] =>
    shown.map((line) => ({
      key: `${line.oldNumber ?? ''}:${line.newNumber ?? ''}`,
      row: <UnifiedRow server={server} line={line} wrap={wrap} />,
    }));
  const paired = (shown: readonly DiffLine[]): Row[] =>
    splitRows(shown).map((row) => ({
      key: `${row.left?.oldNumber ?? ''}:${row.right?.newNumber ?? ''}`,
      row: <SplitDiffRow server={server} row={row} />,
    }));
  return (
    <DiffTable
      label={label}
      columns={split ? sides : null}
      scroll={!wrap && !split}
      blocks={blocks}
      rowsOf={split ? paired : unified}
      isChanged={isChangedLine}
    />
  );
}

interface ThreeWayProps {
  server: ServerKind;
  label: string;
  last: string;
  live: string;
  planned: string | null;
}

/** What we applied last, what a hand made of it, and what the apply would make of that. */
export function ThreeWayBody({ server, label, last, live, planned }: ThreeWayProps) {
  const blocks = useMemo(
    () => foldUnchanged(threeWayRows(last, live, planned), isChangedRow),
    [last, live, planned],
  );
  const rowsOf = (shown: readonly ThreeWayRow[]): Row[] =>
    shown.map((row) => ({
      key: `${row.last?.oldNumber ?? ''}:${row.liveNumber ?? ''}:${row.planned?.newNumber ?? ''}`,
      row: <ThreeWayDiffRow server={server} row={row} />,
    }));
  return (
    <DiffTable
      label={label}
      columns={['Last applied', 'On the host now', 'Planned']}
      scroll
      minWidth="min-w-[44rem]"
      blocks={blocks}
      rowsOf={rowsOf}
      isChanged={isChangedRow}
    />
  );
}

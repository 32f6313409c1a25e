import type { Mark } from '#core/plan/diff';
import type { ServerKind } from '#core/web-server/render-target';
import { type TokenKind, tokenize } from './tokenize';

export interface LinePart {
  readonly text: string;
  readonly kind: TokenKind;
  readonly marked: boolean;
  /** Offset in the line. */
  readonly at: number;
}

/** Longer lines are shown without colours: they are not made to be read. */
const maxColoured = 1000;

/** A line cut wherever its colour or its mark changes. The parts' texts, joined, are the line. */
export function lineParts(server: ServerKind, line: string, marks: readonly Mark[]): LinePart[] {
  const tokens =
    line.length > maxColoured ? [{ kind: 'plain' as const, text: line }] : tokenize(server, line);
  const parts: LinePart[] = [];
  let at = 0;
  let next = 0;
  for (const token of tokens) {
    const end = at + token.text.length;
    while (at < end) {
      while ((marks[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next++;
      const mark = marks[next];
      const marked = mark !== undefined && mark.start <= at;
      const until = Math.min(end, marked ? mark.end : (mark?.start ?? end));
      parts.push({ text: line.slice(at, until), kind: token.kind, marked, at });
      at = until;
    }
  }
  return parts;
}

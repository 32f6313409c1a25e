import { Fragment, memo } from 'react';
import type { Mark } from '#core/plan/diff';
import { visibleSpans } from './visible-text';

interface Props {
  text: string;
  marks?: readonly Mark[];
  /** Class of the marked words. */
  markClass?: string;
}

/** A line of a file: changed words marked, and what cannot be seen named. */
export const LineText = memo(function LineText({ text, marks = [], markClass }: Props) {
  const parts: { text: string; marked: boolean; at: number }[] = [];
  let at = 0;
  for (const mark of marks) {
    if (mark.start > at) parts.push({ text: text.slice(at, mark.start), marked: false, at });
    parts.push({ text: text.slice(mark.start, mark.end), marked: true, at: mark.start });
    at = mark.end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false, at });
  return parts.map((part) =>
    part.marked ? (
      <mark key={part.at} className={`rounded-[3px] text-inherit ${markClass}`}>
        <Visible text={part.text} />
      </mark>
    ) : (
      <Visible key={part.at} text={part.text} />
    ),
  );
});

function Visible({ text }: { text: string }) {
  return visibleSpans(text).map((span) =>
    span.named ? (
      <span
        key={span.at}
        title="A character that cannot be seen"
        className="mx-px rounded-sm bg-danger px-1 font-sans text-[10px] text-background"
      >
        {span.text}
      </span>
    ) : (
      <Fragment key={span.at}>{span.text}</Fragment>
    ),
  );
}

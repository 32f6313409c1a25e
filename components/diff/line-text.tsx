import { Fragment, memo } from 'react';
import { cn } from '#components/ui/cn';
import type { Mark } from '#core/plan/diff';
import type { ServerKind } from '#core/web-server/render-target';
import { lineParts } from './line-parts';
import type { TokenKind } from './tokenize';
import { visibleSpans } from './visible-text';

const colours: Record<TokenKind, string> = {
  directive: 'text-code-directive',
  block: 'text-code-block',
  string: 'text-code-string',
  number: 'text-code-number',
  variable: 'text-code-variable',
  comment: 'text-code-comment',
  punctuation: 'text-code-punctuation',
  plain: '',
};

interface Props {
  server: ServerKind;
  text: string;
  marks: readonly Mark[];
  /** Class of the marked words. */
  markClass: string;
}

/** A line of a file: coloured, changed words marked, and what cannot be seen named. */
export const LineText = memo(function LineText({ server, text, marks, markClass }: Props) {
  return lineParts(server, text, marks).map((part) =>
    part.marked ? (
      <mark key={part.at} className={cn('text-foreground', markClass)}>
        <Visible text={part.text} />
      </mark>
    ) : part.kind === 'plain' ? (
      <Visible key={part.at} text={part.text} />
    ) : (
      <span key={part.at} className={colours[part.kind]}>
        <Visible text={part.text} />
      </span>
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

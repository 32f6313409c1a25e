import { memo } from 'react';
import { cn } from '#components/ui/cn';
import type { ServerKind } from '#core/web-server/render-target';
import { type TokenKind, tokenize } from '../../diff/tokenize';

const colours: Record<TokenKind, string | undefined> = {
  directive: 'text-code-directive',
  block: 'text-code-block',
  string: 'text-code-string',
  number: 'text-code-number',
  variable: 'text-code-variable',
  comment: 'text-code-comment',
  punctuation: 'text-code-punctuation',
  plain: undefined,
};

interface Props {
  server: ServerKind;
  number: number;
  text: string;
  why: string | null;
  changed: boolean;
  removedBefore: boolean;
  lit: boolean;
  /** The one line number that Tab reaches; arrow keys move on from there. */
  current: boolean;
}

export const PreviewLineRow = memo(function PreviewLineRow({
  server,
  number,
  text,
  why,
  changed,
  removedBefore,
  lit,
  current,
}: Props) {
  return (
    <li
      data-line={number}
      className={cn(
        'group/line relative flex min-w-full hover:bg-accent focus-within:bg-accent',
        lit && 'bg-code-lit hover:bg-code-lit',
      )}
    >
      <button
        type="button"
        tabIndex={current ? 0 : -1}
        data-number={number}
        aria-label={`Line ${number}${changed ? ', changed' : ''}: ${text.trim() || 'empty'}${why ? `. ${why}` : ''}`}
        className={cn(
          'sticky left-0 w-12 shrink-0 select-none border-l-2 border-l-transparent bg-code pr-3 text-right text-diff-gutter tabular-nums before:content-[attr(data-number)] group-hover/line:bg-accent focus-visible:-outline-offset-2',
          lit && 'bg-code-lit group-hover/line:bg-code-lit',
          changed && 'border-l-ok',
        )}
      />
      {removedBefore && (
        <span
          aria-hidden
          title="Lines were taken out here"
          className="absolute top-0 left-0 h-0 w-2 border-danger border-t-2"
        />
      )}
      <code aria-hidden className="flex-1 whitespace-pre pr-6">
        {tokenize(server, text).map((token) => (
          <span key={token.at} className={colours[token.kind]}>
            {token.text}
          </span>
        ))}
      </code>
    </li>
  );
});

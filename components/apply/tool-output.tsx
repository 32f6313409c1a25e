'use client';
import { useMemo, useState } from 'react';
import { CopyButton } from '#components/kit/copy-button';
import { Button } from '#components/ui/button';
import { cn } from '#components/ui/cn';
import { lastLines, plainOutput } from '../diff/visible-text';

const shortLines = 12;
const shortCharacters = 4_000;

interface Props {
  /** What a tool on a host printed: hostile text. */
  text: string;
  /** Whose output it is, for screen readers and the copy button. */
  label: string;
  className?: string;
}

/** The end of a tool's output, as plain text, with the rest on demand. */
export function ToolOutput({ text, label, className }: Props) {
  const [all, setAll] = useState(false);
  const plain = useMemo(() => plainOutput(text).trimEnd(), [text]);
  const excerpt = useMemo(() => lastLines(plain, shortLines, shortCharacters), [plain]);
  if (plain === '') return null;
  const hidden = excerpt.hiddenCharacters > 0;
  return (
    <figure
      aria-label={label}
      className={cn('relative m-0 min-w-0 overflow-hidden rounded-md border bg-code', className)}
    >
      {hidden && (
        <Button
          variant="ghost"
          size="sm"
          aria-expanded={all}
          className="w-full justify-start rounded-none border-b pr-10"
          onClick={() => setAll(!all)}
        >
          {all
            ? 'Show the end only'
            : `Show all (${hiddenWords(excerpt.hiddenLines, excerpt.hiddenCharacters)} more above)`}
        </Button>
      )}
      <CopyButton value={plain} label={`Copy ${label}`} className="absolute top-1 right-1 bg-code" />
      <pre
        dir="ltr"
        className="whitespace-pre-wrap px-3 py-2 pr-9 font-mono text-xs leading-5 [overflow-wrap:anywhere]"
      >
        {all ? plain : excerpt.text}
      </pre>
    </figure>
  );
}

function hiddenWords(lines: number, characters: number): string {
  if (lines > 0) return `${lines} ${lines === 1 ? 'line' : 'lines'}`;
  return `${characters.toLocaleString('en')} characters`;
}

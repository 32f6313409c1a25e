'use client';
import { type ReactNode, useState } from 'react';
import { Button } from '#components/ui/button';
import { cn } from '#components/ui/cn';
import { stripControls } from '#core/strip-controls';
import { CopyButton } from './copy-button';

interface Props {
  code: string;
  /** What the code is, for the copy button and screen readers. */
  label: string;
  /** A caption above the code, such as a path. */
  caption?: ReactNode;
  wrap?: boolean;
  /** Lines shown before "show all". */
  maxLines?: number;
  className?: string;
}

/** A block of text to read or copy. Text from hosts is hostile: it is shown as text, without control characters, and capped. */
export function CodeBlock({ code, label, caption, wrap = false, maxLines = 200, className }: Props) {
  const [all, setAll] = useState(false);
  const clean = stripControls(code);
  const lines = clean.split('\n');
  const capped = !all && lines.length > maxLines;
  return (
    <figure aria-label={label} className={cn('m-0 overflow-hidden rounded-md border bg-code', className)}>
      {caption && (
        <figcaption className="border-b px-3 py-1.5 font-mono text-muted-foreground text-xs">
          {caption}
        </figcaption>
      )}
      {/* The button makes the scrolling box reachable by keyboard. */}
      <div className="max-h-96 overflow-auto">
        <div className="sticky top-1 left-0 flex h-0 justify-end pr-1">
          <CopyButton value={code} label={`Copy ${label}`} className="bg-code" />
        </div>
        <pre
          className={cn(
            'min-w-full px-3 py-2 pr-10 font-mono text-xs leading-5',
            wrap ? 'whitespace-pre-wrap [overflow-wrap:anywhere]' : 'w-max',
          )}
        >
          <code>{capped ? lines.slice(0, maxLines).join('\n') : clean}</code>
        </pre>
      </div>
      {capped && (
        <Button
          variant="ghost"
          size="sm"
          className="w-full rounded-none border-t"
          onClick={() => setAll(true)}
        >
          Show all {lines.length} lines
        </Button>
      )}
    </figure>
  );
}

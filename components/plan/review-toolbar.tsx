'use client';
import { Columns2, type LucideIcon, Rows2, WrapText } from 'lucide-react';
import { Button } from '#components/ui/button';
import { cn } from '#components/ui/cn';
import { Kbd } from '#components/ui/kbd';
import { Progress } from '#components/ui/progress';
import type { DiffMode } from '../diff/diff-body';
import { Segmented } from '../diff/segmented';

interface Props {
  mode: DiffMode;
  onMode: (mode: DiffMode) => void;
  wrap: boolean;
  onWrap: (wrap: boolean) => void;
  splitPossible: boolean;
  viewed: number;
  files: number;
}

const keys = [
  ['j', 'k', 'file'],
  ['n', 'p', 'change'],
] as const;

/** How to look at the diffs, and how far the review has come. */
export function ReviewToolbar({ mode, onMode, wrap, onWrap, splitPossible, viewed, files }: Props) {
  return (
    <div
      role="toolbar"
      aria-label="How to show the changes"
      className="sticky top-12 z-20 -mx-4 flex h-11 items-center gap-2 border-b bg-background px-4 sm:-mx-6 sm:px-6 lg:top-0 lg:-mx-8 lg:px-8"
    >
      {splitPossible && (
        <Segmented
          label="Layout of the diff"
          value={mode}
          onValue={onMode}
          options={[
            { value: 'unified', title: withIcon(Rows2, 'Unified') },
            { value: 'split', title: withIcon(Columns2, 'Split') },
          ]}
        />
      )}
      <Button
        variant="ghost"
        size="sm"
        aria-pressed={wrap}
        className={cn(wrap && 'bg-accent text-foreground')}
        onClick={() => onWrap(!wrap)}
      >
        <WrapText />
        Wrap
      </Button>
      <span className="ml-2 hidden items-center gap-3 text-muted-foreground text-xs xl:flex">
        {keys.map(([next, previous, what]) => (
          <span key={next} className="inline-flex items-center gap-1">
            <Kbd>{next}</Kbd>
            <Kbd>{previous}</Kbd>
            {what}
          </span>
        ))}
        <span className="inline-flex items-center gap-1">
          <Kbd>v</Kbd>
          viewed
        </span>
      </span>
      <span className="ml-auto flex items-center gap-2 text-muted-foreground text-xs tabular-nums">
        {viewed}/{files} viewed
        <Progress
          value={files === 0 ? 100 : (viewed / files) * 100}
          aria-label="Files viewed"
          className="w-16 sm:w-24"
        />
      </span>
    </div>
  );
}

function withIcon(Icon: LucideIcon, title: string) {
  return (
    <>
      <Icon aria-hidden />
      {title}
    </>
  );
}

'use client';
import { ChevronRight } from 'lucide-react';
import { memo, useDeferredValue } from 'react';
import { later } from '#components/kit/lazy-component';
import { LazyDetails } from '#components/kit/lazy-details';
import { cn } from '#components/ui/cn';
import { Skeleton } from '#components/ui/skeleton';
import { presets } from '#core/presets/index';
import { CiServerChecklist } from '../ci-server-checklist';
import { PreviewPanel } from '../preview/preview-panel';
import type { editorViews } from './editor-views';
import type { LivePreview } from './use-preview';

const TryRequest = later(
  () => import('../explain/try-request').then((module) => module.TryRequest),
  () => <Skeleton className="h-40" />,
);

interface Props {
  live: LivePreview;
  onTarget: (key: string | null) => void;
  view: (typeof editorViews)[number];
  className?: string;
}

/** Beside the form: the files, and below them what to set in the CI server itself. */
export const PreviewColumn = memo(function PreviewColumn({ live, onTarget, view, className }: Props) {
  const { site, targets, active, preview, behind } = live;
  // Less urgent than the files: it follows when the browser has time.
  const checked = useDeferredValue(site);
  return (
    <div className={cn('min-w-0', className)}>
      <div className="flex flex-col gap-3 xl:sticky xl:top-5 xl:h-[calc(100dvh-2.5rem)]">
        <section
          aria-label="Preview"
          className={cn('h-[70dvh] min-h-0 xl:h-auto xl:flex-1', view === 'checklist' && 'max-xl:hidden')}
        >
          <PreviewPanel
            targets={targets}
            active={active}
            onTarget={(key) => onTarget(targets[0]?.key === key ? null : serverOf(live, key))}
            preview={preview}
            behind={behind}
          />
        </section>
        {site && (
          <LazyDetails
            className={cn(
              'group/try flex max-h-[60%] shrink-0 flex-col overflow-hidden rounded-lg border bg-card shadow-xs max-xl:max-h-none',
              view === 'checklist' && 'max-xl:hidden',
            )}
            summaryClassName="flex h-10 list-none items-center gap-2 px-4 hover:bg-accent/50 [&::-webkit-details-marker]:hidden"
            summary={
              <>
                <ChevronRight
                  className="size-3.5 shrink-0 text-muted-foreground transition-transform group-open/try:rotate-90"
                  aria-hidden
                />
                <h2 className="font-semibold text-sm">Try a request</h2>
                <span className="ml-auto truncate text-muted-foreground text-xs">
                  which rule answers, and with which headers
                </span>
              </>
            }
          >
            <div className="min-h-0 overflow-y-auto border-t px-4 py-3 xl:max-h-[50dvh]">
              <TryRequest key={active.key} site={checked ?? site} server={active.target.server} />
            </div>
          </LazyDetails>
        )}
        {site && (
          <details
            open
            className={cn(
              'group/checklist flex max-h-[36%] shrink-0 flex-col overflow-hidden rounded-lg border bg-card shadow-xs max-xl:max-h-none',
              view === 'preview' && 'max-xl:hidden',
            )}
          >
            <summary className="flex h-10 list-none items-center gap-2 px-4 hover:bg-accent/50 [&::-webkit-details-marker]:hidden">
              <ChevronRight
                className="size-3.5 shrink-0 text-muted-foreground transition-transform group-open/checklist:rotate-90"
                aria-hidden
              />
              <h2 className="font-semibold text-sm">On the CI server</h2>
              <span className="ml-auto truncate text-muted-foreground text-xs">
                settings in {presets[site.preset].title} itself
              </span>
            </summary>
            <div className="min-h-0 overflow-y-auto border-t px-4 py-3 xl:max-h-[30dvh]">
              <Checklist site={checked ?? site} />
            </div>
          </details>
        )}
      </div>
    </div>
  );
});

const Checklist = memo(CiServerChecklist);

/** What is kept in the URL: the web server where that is enough to find the target again. */
function serverOf({ targets }: LivePreview, key: string): string {
  const chosen = targets.find((each) => each.key === key);
  const first = targets.find((each) => each.target.server === chosen?.target.server);
  return chosen && first === chosen ? chosen.target.server : key;
}

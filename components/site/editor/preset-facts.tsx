'use client';
import { ChevronRight } from 'lucide-react';
import type { Preset } from '#core/presets/preset';
import { LazyDetails } from '../../kit/lazy-details';
import { presetFacts } from './preset-facts-list';

/** Everything a preset decides or offers, each with its reason. */
export function PresetFacts({ preset }: { preset: Preset }) {
  const groups = presetFacts(preset);
  const count = groups.reduce((sum, { facts }) => sum + facts.length, 0);
  return (
    <LazyDetails
      className="group/facts text-xs"
      summaryClassName="flex w-fit list-none items-center gap-1 rounded-sm text-muted-foreground hover:text-foreground [&::-webkit-details-marker]:hidden"
      summary={
        <>
          <ChevronRight className="size-3 transition-transform group-open/facts:rotate-90" aria-hidden />
          What this preset knows ({count})
        </>
      }
    >
      <div className="mt-2 flex flex-col gap-2.5">
        {groups.map(({ title, facts }) => (
          <div key={title}>
            <h3 className="font-medium">{title}</h3>
            <ul className="mt-0.5 list-disc space-y-1 pl-5 text-muted-foreground">
              {facts.map(({ why, about }) => (
                <li key={why} className="break-words">
                  {about.map((what) => (
                    <code key={what} className="mr-1.5 break-all text-[11px] text-foreground/80">
                      {what}
                    </code>
                  ))}
                  {why}
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </LazyDetails>
  );
}

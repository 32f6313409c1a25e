'use client';
import { ChevronRight } from 'lucide-react';
import type { Preset } from '#core/presets/preset';

/** Everything a preset decides, each with its reason. */
export function PresetFacts({ preset }: { preset: Preset }) {
  const facts = [
    ...new Set(
      [
        ...Object.values(preset.limits).map((fact) => fact?.why),
        ...preset.locations.map(({ why }) => why),
        preset.rawUri.why,
        ...preset.requestHeaders.map(({ why }) => why),
        ...preset.guardedHeaders.map(({ why }) => why),
        preset.cookies.secure?.why,
        preset.cookies.httpOnly?.why,
        preset.cookies.sameSite?.why,
        preset.spoolToDisk?.why,
      ].filter((why) => why !== undefined),
    ),
  ];
  const prefix = `${preset.title}: `;
  return (
    <details className="group/facts text-xs">
      <summary className="flex w-fit list-none items-center gap-1 rounded-sm text-muted-foreground hover:text-foreground [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-3 transition-transform group-open/facts:rotate-90" aria-hidden />
        What this preset knows ({facts.length})
      </summary>
      <ul className="mt-1.5 list-disc space-y-0.5 pl-5 text-muted-foreground">
        {facts.map((why) => (
          <li key={why}>{why.startsWith(prefix) ? why.slice(prefix.length) : why}</li>
        ))}
      </ul>
    </details>
  );
}

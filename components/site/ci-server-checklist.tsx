'use client';
import { CodeBlock } from '#components/kit/code-block';
import { CopyButton } from '#components/kit/copy-button';
import { presets } from '#core/presets/index';
import { applicationSite } from '#core/site/application-site';
import type { Site } from '#core/site/schema';

/** Settings in the CI server itself, with this site's values filled in, and in each further application. */
export function CiServerChecklist({ site }: { site: Site }) {
  return (
    <>
      <Checklist site={site} />
      {site.applications.map((application) => (
        <section key={application.name} className="mt-4 border-t pt-4">
          <p className="mb-3 font-medium text-muted-foreground text-xs">
            {presets[application.preset].title}, below {application.prefix.path}
          </p>
          <Checklist site={applicationSite(site, application)} />
        </section>
      ))}
    </>
  );
}

function Checklist({ site }: { site: Site }) {
  const preset = presets[site.preset];
  const items = preset.checklist(site);
  return (
    <ol className="flex flex-col divide-y">
      {items.map(({ title, detail, code, copy }, index) => (
        <li key={title} className="flex gap-3 py-3 first:pt-0 last:pb-0">
          <span
            aria-hidden
            className="flex size-5 shrink-0 items-center justify-center rounded-full bg-muted font-medium text-[11px] text-muted-foreground tabular-nums"
          >
            {index + 1}
          </span>
          <div className="min-w-0 flex-1">
            <h3 className="font-medium text-sm">{title}</h3>
            <p className="text-muted-foreground text-sm">{detail}</p>
            {code && <CodeBlock code={code} label={`setting: ${title}`} wrap className="mt-1.5" />}
            {copy && (
              <p className="mt-1.5 flex w-fit max-w-full items-center gap-1 rounded-md border bg-code py-0.5 pr-0.5 pl-2">
                <code className="truncate text-xs">{copy}</code>
                <CopyButton value={copy} label={`Copy ${title}`} />
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

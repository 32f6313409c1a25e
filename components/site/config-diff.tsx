'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { DiffBody } from '#components/diff/diff-body';
import { useTeam } from '#components/kit/team-context';
import { NativeSelect } from '#components/ui/native-select';
import { Skeleton } from '#components/ui/skeleton';
import { diffWhole } from '#core/plan/diff';
import { renderPreview } from '#core/servers/render';
import type { Site } from '#core/site/schema';
import { hostQueries } from '#queries/hosts';
import { useMedia } from '../kit/use-media';
import { previewTargets } from './preview/preview-targets';

interface Props {
  from: Site;
  to: Site;
  sides: readonly [string, string];
  targetIds: readonly string[];
}

/** What two versions of a site make of a web server's files, line against line. */
export function ConfigDiff({ from, to, sides, targetIds }: Props) {
  const team = useTeam();
  const hosts = useQuery(hostQueries.choices(team.slug));
  const wide = useMedia('(min-width: 1024px)');
  const targets = useMemo(() => previewTargets(hosts.data ?? [], targetIds), [hosts.data, targetIds]);
  const [key, setKey] = useState<string | null>(null);
  const chosen = targets.find((each) => each.key === key) ?? targets[0];
  const files = useMemo(() => {
    if (!chosen) return [];
    const textsOf = (site: Site) =>
      new Map(
        renderPreview(site, chosen.target).files.flatMap((file) =>
          'content' in file ? [[file.path, file.content] as const] : [],
        ),
      );
    const [old, next] = [textsOf(from), textsOf(to)];
    return [...new Set([...old.keys(), ...next.keys()])]
      .filter((path) => old.get(path) !== next.get(path))
      .map((path) => ({
        path,
        lines: diffWhole(old.get(path) ?? null, next.get(path) ?? null),
        twoSided: old.has(path) && next.has(path),
      }));
  }, [chosen, from, to]);
  if (hosts.isPending || !chosen) return <Skeleton className="m-4 h-40" />;
  return (
    <div className="flex flex-col">
      <div className="flex flex-wrap items-center gap-2 px-4 py-2 text-sm">
        <NativeSelect
          aria-label="Web server"
          value={chosen.key}
          onChange={(event) => setKey(event.target.value)}
          className="h-7 max-w-full border-border text-xs"
        >
          {targets.map((target) => (
            <option key={target.key} value={target.key}>
              {target.title}
              {target.hosts.length > 0 ? ` on ${target.hosts.join(', ')}` : ''}
            </option>
          ))}
        </NativeSelect>
      </div>
      {files.length === 0 && (
        <p className="px-4 py-6 text-center text-muted-foreground text-sm">
          Both give {chosen.title} the same files.
        </p>
      )}
      {files.map(({ path, lines, twoSided }) => (
        <section key={path} aria-label={path} className="border-t">
          <h3 className="px-4 py-1.5 font-mono text-muted-foreground text-xs [overflow-wrap:anywhere]">
            {path}
          </h3>
          <DiffBody
            server={chosen.target.server}
            label={`${path}, ${sides.join(' against ')}`}
            lines={lines}
            twoSided={twoSided}
            sides={sides}
            mode={wide ? 'split' : 'unified'}
            wrap
          />
        </section>
      ))}
    </div>
  );
}

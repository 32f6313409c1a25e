import { useDeferredValue, useEffect, useMemo, useRef } from 'react';
import type { Host } from '#api/contract/hosts';
import type { Site } from '#core/site/schema';
import { type Preview, previewOf } from '../preview/preview-model';
import { type PreviewTarget, previewTargets } from '../preview/preview-targets';
import { type Analysis, analyse, previewSite } from './analyse';
import type { EditorValues } from './editor-values';
import type { Marks, PlacedIssue } from './marks';

interface Options {
  values: EditorValues;
  saved: Site | null;
  hosts: readonly Host[];
  marks: Marks;
  /** Key of the target that was asked for. */
  wanted: string | null;
}

export interface LivePreview {
  /** The document shown, `null` while there is none. */
  readonly site: Site | null;
  readonly analysis: Analysis;
  readonly targets: readonly PreviewTarget[];
  readonly active: PreviewTarget;
  readonly preview: Preview | null;
  readonly behind: boolean;
}

/**
 * What the form describes, rendered in the same frame as the keystroke. Findings of the targets that are not shown follow when the browser has
 * time. While the form has errors, the last state that could be rendered stays.
 */
export function usePreview({ values, saved, hosts, marks, wanted }: Options): LivePreview {
  const analysis = useMemo(() => analyse(values), [values]);
  const targets = useMemo(() => previewTargets(hosts, values.targetIds), [hosts, values.targetIds]);
  const active = targets.find(({ key, target }) => key === wanted || target.server === wanted) ?? targets[0];
  if (!active) throw new Error('there is always a web server to preview');

  const last = useRef<Site | null>(null);
  const current = useMemo(() => previewSite(values, analysis), [values, analysis]);
  last.current = current ?? last.current;
  const site = current ?? last.current;
  const preview = useMemo(
    () => (site ? previewOf(site, saved, active.target) : null),
    [site, saved, active.target],
  );

  const later = useDeferredValue(analysis);
  const found = useMemo(() => targetIssues(later, targets, saved), [later, targets, saved]);
  useEffect(() => marks.setIssues([...analysis.issues, ...found]), [marks, analysis, found]);

  return { site, analysis, targets, active, preview, behind: current === null && site !== null };
}

/** A fault of a renderer must not take the form away from the person who found it. */
function tryPreview(site: Site, saved: Site | null, { target, title }: PreviewTarget): Preview {
  try {
    return previewOf(site, saved, target);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `the files for ${title} cannot be shown (${reason})`;
    const hint = 'This is a fault of Gatehouse. What you typed is kept; please report it with this message.';
    return { files: [], issues: [{ code: 'preview.failed', severity: 'error', path: [], message, hint }] };
  }
}

/** Findings about the web servers that the site runs on. */
function targetIssues(
  { site }: Analysis,
  targets: readonly PreviewTarget[],
  saved: Site | null,
): PlacedIssue[] {
  if (!site) return [];
  return targets
    .filter(({ hosts }) => hosts.length > 0)
    .flatMap((each) =>
      tryPreview(site, saved, each).issues.map((issue) => ({
        ...issue,
        where: each.hosts.length === 1 ? `${each.title} on ${each.hosts[0]}` : each.title,
      })),
    );
}

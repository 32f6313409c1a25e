import { useDeferredValue, useEffect, useMemo, useRef } from 'react';
import type { Site } from '#core/site/schema';
import type { RenderTarget } from '#core/web-server/render-target';
import type { HostChoice } from '#queries/hosts';
import { type Preview, previewOf, type SavedTexts, savedTexts } from '../preview/preview-model';
import { type PreviewTarget, previewTargets } from '../preview/preview-targets';
import { type Analysis, analyse, previewSite } from './analyse';
import type { EditorValues } from './editor-values';
import type { Marks, PlacedIssue } from './marks';

interface Options {
  values: EditorValues;
  saved: Site | null;
  hosts: readonly HostChoice[];
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
  const before = useMemo(() => (saved ? trySaved(saved, active.target) : null), [saved, active.target]);
  const preview = useMemo(() => (site ? tryPreview(site, before, active) : null), [site, before, active]);

  const later = useDeferredValue(analysis);
  const found = useMemo(() => targetIssues(later, targets), [later, targets]);
  useEffect(() => marks.setIssues([...analysis.issues, ...found]), [marks, analysis, found]);

  const behind = current === null && site !== null;
  return useMemo(
    () => ({ site, analysis, targets, active, preview, behind }),
    [site, analysis, targets, active, preview, behind],
  );
}

/** A fault of a renderer must not take the form away from the person who found it. */
function tryPreview(site: Site, before: SavedTexts | null, { target, title }: PreviewTarget): Preview {
  try {
    return previewOf(site, before, target);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `the files for ${title} cannot be shown (${reason})`;
    const hint = 'This is a bug in Gatehouse. What you typed is kept; please report it with this message.';
    return { files: [], issues: [{ code: 'preview.failed', severity: 'error', path: [], message, hint }] };
  }
}

/** Findings about the web servers that the site runs on. */
function targetIssues({ site }: Analysis, targets: readonly PreviewTarget[]): PlacedIssue[] {
  if (!site) return [];
  return targets
    .filter(({ hosts }) => hosts.length > 0)
    .flatMap((each) =>
      tryPreview(site, null, each).issues.map((issue) => ({
        ...issue,
        where: each.hosts.length === 1 ? `${each.title} on ${each.hosts[0]}` : each.title,
      })),
    );
}

function trySaved(saved: Site, target: RenderTarget): SavedTexts | null {
  try {
    return savedTexts(saved, target);
  } catch {
    // The fault shows in the preview itself.
    return null;
  }
}

import type { Issue } from '#core/issue';
import { commonRuns } from '#core/plan/edit-script';
import { withoutTokens } from '#core/servers/block-tokens';
import { renderPreview } from '#core/servers/render';
import type { LineOrigin, RenderedFile } from '#core/servers/types';
import type { Site } from '#core/site/schema';
import type { RenderTarget } from '#core/web-server/render-target';

export interface PreviewLine {
  /** 1-based. */
  readonly number: number;
  readonly text: string;
  readonly origin: LineOrigin | null;
  /** New or different since the saved revision. */
  readonly changed: boolean;
  /** Lines of the saved revision that stood before this one are gone. */
  readonly removedBefore: boolean;
}

export interface PreviewFile {
  readonly path: string;
  readonly role: RenderedFile['role'];
  readonly lines: readonly PreviewLine[];
  readonly content: string;
  readonly changed: boolean;
}

export interface Preview {
  readonly files: readonly PreviewFile[];
  readonly issues: readonly Issue[];
}

/** Texts of the saved files by role and path, to compare with. */
export type SavedTexts = ReadonlyMap<string, string>;

export function savedTexts(saved: Site, target: RenderTarget): SavedTexts {
  return new Map(renderPreview(saved, target).files.map((file) => [keyOf(file, saved), textOf(file)]));
}

/** Files of a site for one target, with what changed since it was saved (`null`: never saved, so nothing is marked). */
export function previewOf(site: Site, before: SavedTexts | null, target: RenderTarget): Preview {
  const rendering = renderPreview(site, target);
  return {
    files: rendering.files
      .map((file) => previewFile(file, before && (before.get(keyOf(file, site)) ?? '')))
      .sort((a, b) => order(a) - order(b)),
    issues: rendering.issues,
  };
}

/** The site's own file first, then what all sites share, then links. */
function order({ role }: PreviewFile): number {
  return ['site', 'shared', 'enable'].indexOf(role);
}

/** A file's role and path without the site's name, so that a renamed site is compared with what it was. */
function keyOf(file: RenderedFile, site: Site): string {
  return `${file.role} ${file.path.replace(site.name, '*')}`;
}

function textOf(file: RenderedFile): string {
  return file.kind === 'file'
    ? file.content
    : `→ ${file.target}
`;
}

const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n');

function previewFile(file: RenderedFile, savedText: string | null): PreviewFile {
  const content = textOf(file);
  const texts = linesOf(content);
  // The word by which a block is known changes with every other line, and says nothing of its own.
  const [before, now] = [savedText === null ? null : withoutTokens(savedText), withoutTokens(content)];
  const marks = before === null || before === now ? null : changes(linesOf(before), linesOf(now));
  const lines = texts.map((text, index) => ({
    number: index + 1,
    text,
    origin: file.kind === 'file' ? (file.lines[index] ?? null) : null,
    changed: marks?.changed.has(index) ?? false,
    removedBefore: marks?.removedBefore.has(index) ?? false,
  }));
  return { path: file.path, role: file.role, lines, content, changed: marks !== null };
}

function changes(
  old: readonly string[],
  next: readonly string[],
): { changed: Set<number>; removedBefore: Set<number> } {
  const changed = new Set<number>();
  const removedBefore = new Set<number>();
  let [x, y] = [0, 0];
  for (const run of [...commonRuns(old, next), { oldStart: old.length, newStart: next.length, length: 0 }]) {
    for (let index = y; index < run.newStart; index++) changed.add(index);
    if (run.oldStart - x > run.newStart - y) removedBefore.add(Math.min(run.newStart, next.length - 1));
    x = run.oldStart + run.length;
    y = run.newStart + run.length;
  }
  return { changed, removedBefore };
}

import type { Issue } from '../issue';
import type { LineOrigin, RenderedFile, ToolFinding } from '../servers/types';

/** Where a line of our output came from. */
interface Place {
  readonly path: string;
  readonly line: number;
  readonly site: string | null;
  readonly origin: LineOrigin | null;
}

/**
 * What a web server said about a tree, as issues at the form fields that made the lines. A finding names its file and line in
 * most cases; where it names only a value (a certificate that cannot be read), the line that holds that value is looked for.
 *
 * @param known findings about the tree as it was before us: those are reported as such and never as an error of the plan (G7)
 */
export function issuesFromFindings(
  findings: readonly ToolFinding[],
  known: readonly ToolFinding[],
  files: readonly RenderedFile[],
): Issue[] {
  const before = new Set(known.map(identity));
  return findings.map((finding) => {
    const place = placeOf(finding, files);
    const where = finding.path ? ` (${finding.path}${finding.line ? `:${finding.line}` : ''})` : '';
    if (before.has(identity(finding))) {
      return {
        code: 'preflight.known-fault',
        severity: 'warning',
        path: [],
        message: `The web server's own test complains about this already, before any change: ${finding.message}${where}`,
        hint: 'It does not come from this plan. Correct it on the host.',
      };
    }
    return {
      code: 'preflight.refused',
      severity: finding.severity,
      path: place?.origin?.path ? [...place.origin.path] : [],
      message: `The web server's own test says: ${finding.message}${where}`,
      ...(place?.origin ? { hint: `The line is there because: ${place.origin.why}` } : {}),
      ...(place?.site ? { site: place.site } : {}),
    };
  });
}

// Line numbers shift when files change, so they do not tell findings apart.
const identity = (finding: ToolFinding) => `${finding.severity}\0${finding.path}\0${finding.message}`;

function placeOf(finding: ToolFinding, files: readonly RenderedFile[]): Place | null {
  for (const file of files) {
    // A link stands for the file that it switches on.
    const path = file.kind === 'link' ? resolveLink(file.path, file.target) : file.path;
    if (finding.path !== file.path && finding.path !== path) continue;
    const text = files.find((each) => each.kind === 'file' && each.path === path);
    if (text?.kind === 'file' && finding.line !== null) return placeIn(text, finding.line - 1);
  }
  for (const value of quotedValues(finding.message)) {
    for (const file of files) {
      if (file.kind !== 'file') continue;
      const line = file.content.split('\n').findIndex((each) => each.includes(value));
      if (line >= 0) return placeIn(file, line);
    }
  }
  return null;
}

function placeIn(file: Extract<RenderedFile, { kind: 'file' }>, index: number): Place {
  return { path: file.path, line: index + 1, site: file.site, origin: file.lines[index] ?? null };
}

/** Values in quotes, and bare absolute paths: what servers name when they name no line. */
function quotedValues(message: string): string[] {
  const quoted = [...message.matchAll(/["']([^"'\n]{3,})["']/g)].map(([, value]) => value ?? '');
  const paths = [...message.matchAll(/\/[A-Za-z0-9._@+/-]{2,}/g)].map(([path]) => path);
  return [...quoted, ...paths];
}

/** Absolute path that a link leads to, with `..` taken away. */
function resolveLink(path: string, target: string): string {
  if (target.startsWith('/')) return target;
  const parts = path.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

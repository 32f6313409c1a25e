import type { Issue } from '../issue';
import { mapFinding } from '../servers/map-finding';
import type { LineOrigin, RenderedFile, ToolFinding } from '../servers/types';
import type { Site } from '../site/schema';
import { hostPaths } from './host-paths';

/**
 * What a web server said about a tree, as issues at the form fields that made the lines. A finding names its file and line in
 * most cases; where it names only a value (a certificate that cannot be read), the field or the line that holds that value is looked for.
 *
 * @param known findings about the tree as it was before us: those are reported as such and never as an error of the plan (G7)
 */
export function issuesFromFindings(
  findings: readonly ToolFinding[],
  known: readonly ToolFinding[],
  files: readonly RenderedFile[],
  sites: readonly Site[],
): Issue[] {
  const before = new Set(known.map(identity));
  return findings.map((finding): Issue => {
    const where = finding.path ? ` (${finding.path}${finding.line ? `:${finding.line}` : ''})` : '';
    if (before.has(identity(finding))) {
      return {
        code: 'preflight.known-fault',
        severity: 'warning',
        path: [],
        message: `The web server’s own test complains about this already, before any change: ${finding.message}${where}`,
        hint: 'It does not come from this plan. Correct it on the host.',
      };
    }
    const { issue, origin } = mapFinding(finding, files);
    const message = `The web server’s own test says: ${finding.message}${where}`;
    const mapped = { ...issue, code: 'preflight.refused', severity: severityOf(finding), message };
    const field = fieldNamed(finding.message, sites);
    if (field) return { ...mapped, path: [...field.path], site: field.site };
    const found = origin === null ? lineNamed(finding.message, files) : null;
    if (!found) return mapped;
    return {
      ...mapped,
      path: [...(found.origin?.path ?? [])],
      ...(found.origin ? { hint: `Reason for this line: ${found.origin.why}` } : {}),
      ...(found.site === null ? {} : { site: found.site }),
    };
  });
}

/**
 * nginx only warns when a name is served by another server block already, and then ignores it in ours: what was reviewed would not be
 * what runs (src/http/ngx_http.c, ngx_http_server_names).
 */
function severityOf(finding: ToolFinding): Issue['severity'] {
  return /^conflicting server name /.test(finding.message) ? 'error' : finding.severity;
}

// Line numbers shift when files change, so they do not tell findings apart.
const identity = (finding: ToolFinding) => `${finding.severity}\0${finding.path}\0${finding.message}`;

/** The field of a document whose path of the host the message names. */
function fieldNamed(message: string, sites: readonly Site[]): { site: string; path: Issue['path'] } | null {
  const named = new Set(namedValues(message));
  for (const site of sites) {
    const found = hostPaths(site).find(({ hostPath }) => named.has(hostPath));
    if (found) return { site: site.name, path: found.field };
  }
  return null;
}

function lineNamed(
  message: string,
  files: readonly RenderedFile[],
): { site: string | null; origin: LineOrigin | null } | null {
  for (const value of namedValues(message)) {
    for (const file of files) {
      if (file.kind !== 'file') continue;
      const line = file.content.split('\n').findIndex((each) => each.includes(value));
      if (line >= 0) return { site: file.site, origin: file.lines[line] ?? null };
    }
  }
  return null;
}

/** Values in quotes, and bare absolute paths: what servers name when they name no line. */
function namedValues(message: string): string[] {
  const quoted = [...message.matchAll(/["']([^"'\n]{3,})["']/g)].map(([, value]) => value ?? '');
  const paths = [...message.matchAll(/\/[A-Za-z0-9._@+/-]{2,}/g)].map(([path]) => path);
  return [...quoted, ...paths];
}

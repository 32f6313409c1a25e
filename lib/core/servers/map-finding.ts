import type { Issue } from '../issue';
import type { LineOrigin } from '../site/origin';
import type { RenderedFile, ToolFinding } from './types';

/** A finding of a web server's own test, as an issue at the field of the form that made the line. */
export interface MappedFinding {
  readonly issue: Issue;
  /** The line's origin, `null` when the finding is about no line of ours. */
  readonly origin: LineOrigin | null;
  /** File and line that the server named. */
  readonly file: string | null;
  readonly line: number | null;
}

/**
 * Finds the field behind a finding. Files reached through a link (Debian's sites-enabled) count as the file they lead to. A line with no
 * field of its own, or in a file that is not ours, gives an issue without a path.
 */
export function mapFinding(finding: ToolFinding, files: readonly RenderedFile[]): MappedFinding {
  const link = files.find((file) => file.kind === 'link' && file.path === finding.path);
  const path = link?.kind === 'link' ? link.target : finding.path;
  const file = files.find((candidate) => candidate.kind === 'file' && candidate.path === path);
  const origin =
    file?.kind === 'file' && finding.line !== null ? (file.lines[finding.line - 1] ?? null) : null;
  return {
    issue: {
      code: 'host.test',
      severity: finding.severity,
      path: origin?.path ?? [],
      message: finding.message,
      ...(origin === null ? {} : { hint: `Reason for line ${finding.line}: ${origin.why}` }),
      ...(file?.site ? { site: file.site } : {}),
    },
    origin,
    file: finding.path,
    line: finding.line,
  };
}

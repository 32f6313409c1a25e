import type { Change } from '../change/change';
import type { LiveFile } from '../change/file-state';
import type { Issue } from '../issue';
import type { IncludeLine } from '../servers/types';
import type { ServerKind } from '../web-server/render-target';
import type { AppliedFile } from './applied-file';
import type { DesiredEntry, DesiredState } from './desired';
import { hasDrifted, isAsDesired } from './drift';
import { withLine, withoutLine } from './edit-lines';

export interface PlanInput {
  readonly server: ServerKind;
  readonly desired: DesiredState;
  /** By path: what the host holds now. A path that is missing here counts as absent. */
  readonly live: ReadonlyMap<string, LiveFile>;
  /** What our last successful apply left on the target. */
  readonly applied: readonly AppliedFile[];
  /** Names of the sites chosen for this plan; manual edits in files of the others are left alone. */
  readonly selected: ReadonlySet<string>;
  /** Lower-case hex digest of a text's UTF-8 bytes. */
  readonly sha256: (text: string) => string;
}

export interface BuiltPlan {
  /** Sorted by path. */
  readonly changes: readonly Change[];
  readonly issues: readonly Issue[];
}

/** Pairs what should be with what is and with what we left there: one change per path. Total and deterministic. */
export function buildPlan(input: PlanInput): BuiltPlan {
  const issues: Issue[] = [];
  const applied = new Map(input.applied.map((file) => [file.document.path, file]));
  const wanted = new Set(input.desired.entries.map((entry) => entry.file.path));
  const included = new Map<string, IncludeLine[]>();
  for (const include of input.desired.includes) {
    included.set(include.path, [...(included.get(include.path) ?? []), include]);
  }
  const changes = [
    ...input.desired.entries.map((entry) => ownChange(entry, applied.get(entry.file.path), input, issues)),
    ...[...included].map(([path, lines]) => lineChange(path, lines, applied.get(path), input, issues)),
    ...input.applied
      .filter(({ document }) => !wanted.has(document.path) && !included.has(document.path))
      .map((file) =>
        file.document.kind === 'lines'
          ? lineChange(file.document.path, [], file, input, issues)
          : removal(file, input, issues),
      ),
  ].filter((change) => change !== null);
  return { changes: changes.sort((a, b) => (a.path < b.path ? -1 : 1)), issues };
}

const nothing = (path: string): LiveFile => ({ path, fingerprint: { kind: 'absent' }, content: null });

function ownChange(
  { file, role, site }: DesiredEntry,
  applied: AppliedFile | undefined,
  { live, selected }: PlanInput,
  issues: Issue[],
): Change | null {
  const found = live.get(file.path) ?? nothing(file.path);
  const drifted = applied !== undefined && hasDrifted(found, applied.document);
  const after: Change['after'] =
    file.kind === 'link'
      ? { kind: 'link', target: file.target }
      : { kind: 'file', content: file.content, sha256: file.sha256, mode: file.mode };
  const base = { path: file.path, before: found.fingerprint, role, site };
  if (isAsDesired(found.fingerprint, file)) {
    return { ...base, action: 'noop', beforeContent: null, after, drifted: false, lastApplied: null };
  }
  if (found.fingerprint.kind === 'other') {
    issues.push(occupied(file.path, site));
    return null;
  }
  if (drifted && site !== null && !selected.has(site)) {
    issues.push(keptEdit(file.path, site));
    return keep(base, found);
  }
  if (drifted) issues.push(overwritten(file.path, site));
  else if (applied === undefined && found.fingerprint.kind !== 'absent')
    issues.push(foreign(file.path, site));
  else if (site !== null && !selected.has(site)) issues.push(alsoUpdated(file.path, site));
  return {
    ...base,
    action: found.fingerprint.kind === 'absent' ? 'create' : 'update',
    beforeContent: found.content,
    after,
    drifted,
    lastApplied: drifted ? textOf(applied) : null,
  };
}

/** A manually edited file of a site that nobody chose: it stays, and the host still compares it before the first write. */
function keep(base: Pick<Change, 'path' | 'before' | 'role' | 'site'>, found: LiveFile): Change {
  const { fingerprint } = found;
  const after: Change['after'] =
    fingerprint.kind === 'file'
      ? { kind: 'file', content: found.content ?? '', sha256: fingerprint.sha256, mode: fingerprint.mode }
      : fingerprint.kind === 'link'
        ? { kind: 'link', target: fingerprint.target }
        : { kind: 'absent' };
  return { ...base, action: 'noop', beforeContent: null, after, drifted: true, lastApplied: null };
}

function removal(file: AppliedFile, { live }: PlanInput, issues: Issue[]): Change | null {
  const { path } = file.document;
  const found = live.get(path) ?? nothing(path);
  const drifted = hasDrifted(found, file.document);
  const base = {
    path,
    before: found.fingerprint,
    after: { kind: 'absent' as const },
    role: file.role,
    site: file.site,
  };
  if (found.fingerprint.kind === 'absent') {
    return { ...base, action: 'noop', beforeContent: null, drifted: false, lastApplied: null };
  }
  if (found.fingerprint.kind === 'other') {
    issues.push(occupied(path, file.site));
    return null;
  }
  if (drifted) issues.push(overwritten(path, file.site));
  const lastApplied = drifted ? textOf(file) : null;
  return { ...base, action: 'delete', beforeContent: found.content, drifted, lastApplied };
}

/** Lines of ours in a file that belongs to somebody else: an edit of the file as it is now. */
function lineChange(
  path: string,
  includes: readonly IncludeLine[],
  applied: AppliedFile | undefined,
  { server, live, sha256 }: PlanInput,
  issues: Issue[],
): Change | null {
  const found = live.get(path) ?? nothing(path);
  const previous = applied?.document.kind === 'lines' ? applied.document.lines : [];
  if (found.fingerprint.kind === 'absent' && includes.length === 0) return null;
  if (found.fingerprint.kind !== 'file' || found.content === null) {
    issues.push(notEditable(path));
    return null;
  }
  const lines = includes.map((include) => include.line);
  let content = found.content;
  for (const line of previous) if (!lines.includes(line)) content = withoutLine(content, line);
  for (const line of lines) {
    const edited = withLine(content, line, server);
    if (edited === null) {
      issues.push(notEditable(path));
      return null;
    }
    content = edited;
  }
  const { fingerprint } = found;
  const same = content === found.content;
  return {
    path,
    action: same ? 'noop' : 'update',
    before: fingerprint,
    beforeContent: same ? null : found.content,
    after: {
      kind: 'file',
      content,
      sha256: same ? fingerprint.sha256 : sha256(content),
      mode: fingerprint.mode,
    },
    role: 'include',
    site: null,
    drifted: applied !== undefined && hasDrifted(found, applied.document),
    lastApplied: null,
  };
}

function textOf(applied: AppliedFile | undefined): string | null {
  return applied?.document.kind === 'file' ? applied.document.content : null;
}

const onSite = (site: string | null) => (site === null ? {} : { site });

const occupied = (path: string, site: string | null): Issue => ({
  code: 'plan.path-occupied',
  severity: 'error',
  path: [],
  message: `${path} is a directory or a special file on the host, so it cannot be written.`,
  hint: 'Move it away on the host and plan again.',
  ...onSite(site),
});

const notEditable = (path: string): Issue => ({
  code: 'plan.include-impossible',
  severity: 'error',
  path: [],
  message: `The line that makes the web server read our files cannot be added to ${path}: it is missing, unreadable or has no place for it.`,
  hint: 'Run the check list of the host: it says which line to add by hand.',
});

const overwritten = (path: string, site: string | null): Issue => ({
  code: 'plan.drift',
  severity: 'warning',
  path: [],
  message: `${path} was changed by hand since the last apply. Applying this plan replaces that change.`,
  hint: 'Compare what was applied, what is there now and what will be. To keep the change, put it into the site first.',
  ...onSite(site),
});

const foreign = (path: string, site: string | null): Issue => ({
  code: 'plan.foreign-file',
  severity: 'warning',
  path: [],
  message: `${path} exists already, but not from an apply that this dashboard remembers. Applying this plan replaces it.`,
  hint: 'Look at the diff before you apply. Another dashboard may be in charge of this host.',
  ...onSite(site),
});

const keptEdit = (path: string, site: string): Issue => ({
  code: 'plan.drift-kept',
  severity: 'advice',
  path: [],
  message: `${path} was changed by hand since the last apply. It stays as it is, because site ${site} is not part of this plan.`,
  site,
});

const alsoUpdated = (path: string, site: string): Issue => ({
  code: 'plan.also-updated',
  severity: 'warning',
  path: [],
  message: `${path} of site ${site} changes too, although the site itself does not: the web server or this dashboard was upgraded since it was written.`,
  site,
});

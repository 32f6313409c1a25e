import type { Issue } from '../issue';
import { serverTitles } from '../servers/server-titles';
import type { ServerKind } from '../web-server/render-target';
import type { Accepted } from './serving-issues';

/** A file of others that is not as it was when the running web server read its configuration. */
export interface PendingEdit {
  readonly path: string;
  readonly what: 'changed' | 'added' | 'removed';
  /** Of the text that is there now; empty where none is. */
  readonly digest: string;
}

interface Given {
  /** Names the processes that read the configuration last; `null` where nothing runs. */
  readonly generation: string | null;
  /** How long ago they began. */
  readonly loadedSecondsAgo: number | null;
  /** Digests of all files that the configuration takes in now, and how long ago each changed. */
  readonly sources: Readonly<Record<string, string>>;
  readonly ages: ReadonlyMap<string, number>;
  /** What was read when these or earlier processes were seen first; an empty digest where times could not tell. */
  readonly earlier: {
    readonly generation: string | null;
    readonly sources: Readonly<Record<string, string>>;
  } | null;
  /** Paths that the plan shows anyhow. */
  readonly known: ReadonlySet<string>;
}

/** The clock that times files and the one that times processes are two: they may differ by rounding. */
const slackSeconds = 2;

/** Whether a file changed after the processes began that read the configuration last. */
export const isLate = (age: number | undefined, loadedSecondsAgo: number | null): boolean =>
  age !== undefined && loadedSecondsAgo !== null && age < loadedSecondsAgo - slackSeconds;

/** Whether a file changed so close to the moment at which those processes began that times do not tell which came first. */
export const isDoubtful = (age: number | undefined, loadedSecondsAgo: number | null): boolean =>
  age !== undefined && loadedSecondsAgo !== null && Math.abs(age - loadedSecondsAgo) <= slackSeconds;

/**
 * Edits of others that nobody has loaded yet, and that our reload would put into force. Certain by the record of the same generation of processes, which also
 * knows what was taken away; without one by time: a file that changed after they began.
 */
export function pendingEdits({
  generation,
  loadedSecondsAgo,
  sources,
  ages,
  earlier,
  known,
}: Given): PendingEdit[] {
  if (generation === null || loadedSecondsAgo === null) return [];
  const was = earlier && earlier.generation === generation ? earlier.sources : null;
  const late = (path: string) => isLate(ages.get(path), loadedSecondsAgo);
  const edits = Object.entries(sources).flatMap(([path, digest]): PendingEdit[] => {
    if (was && was[path] === undefined) return [{ path, what: 'added', digest }];
    // Known text decides; only without it does time: a file that was written again as it was is no edit.
    const changed = was?.[path] ? was[path] !== digest : late(path);
    return changed ? [{ path, what: 'changed', digest }] : [];
  });
  const gone = Object.entries(was ?? {}).flatMap(([path, digest]): PendingEdit[] =>
    digest !== '' && sources[path] === undefined ? [{ path, what: 'removed', digest: '' }] : [],
  );
  return [...edits, ...gone]
    .filter(({ path }) => !known.has(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The decision that lets exactly these edits through: one more is another decision. */
export const pendingDecision = (edits: readonly PendingEdit[]): string =>
  `pending-edits ${edits.map(({ path, what, digest }) => `${path} ${what} ${digest.slice(0, 12)}`).join(', ')}`.slice(
    0,
    1000,
  );

const shown = 12;
const words = { changed: 'was changed', added: 'is new', removed: 'is gone' } as const;

/** One finding for each such file; they stop the plan until a person says that they are meant. */
export function pendingIssues(
  edits: readonly PendingEdit[],
  server: ServerKind,
  accepted: readonly Accepted[],
): Issue[] {
  if (edits.length === 0) return [];
  const decision = pendingDecision(edits);
  const taken = accepted.find(({ id }) => id === decision);
  const more = edits.length > shown ? [`And ${edits.length - shown} more files are not as they run.`] : [];
  const messages = [
    ...edits
      .slice(0, shown)
      .map(
        ({ path, what }) =>
          `${path} ${words[what]} since the running ${serverTitles[server]} read its configuration, so it is not in force. The reload of this apply would put that into force too.`,
      ),
    ...more,
  ];
  return messages.map((message) => ({
    code: 'host.pending-edits',
    severity: taken ? ('warning' as const) : ('error' as const),
    path: [],
    message: `${message}${taken ? ` Let through: ${taken.reason}` : ''}`,
    hint: taken
      ? 'What ran before is on no disk: an undo brings back the files as they are now, not what ran.'
      : 'Reload the web server on the host, or undo the edit there, and plan again. If it is meant to come with this apply, confirm it below with a reason.',
    ...(taken ? {} : { decision }),
  }));
}

export const brokenBaselineDecision = 'broken-baseline';

/** A configuration that its own server refuses does not run from the disk: there is no way back to what runs. */
export function brokenBaselineIssues(
  { baseline, status }: { readonly baseline: string; readonly status: string },
  output: string,
  accepted: readonly Accepted[],
): Issue[] {
  if (baseline !== 'failed' || status !== 'passed') return [];
  const taken = accepted.find(({ id }) => id === brokenBaselineDecision);
  const firstLine = output.trim().split('\n')[0]?.slice(0, 300) ?? '';
  return [
    {
      code: 'host.broken-baseline',
      severity: taken ? 'warning' : 'error',
      path: [],
      message: `The files on this host fail the web server’s own test as they are${firstLine ? ` (${firstLine})` : ''}; with this plan they pass. So what runs now is not what is on the disk, and after a failure there would be no way back to it.${taken ? ` Let through: ${taken.reason}` : ''}`,
      hint: taken
        ? 'If the apply fails, the files come back as they are now, and the web server goes on with what it has.'
        : 'Correct the configuration on the host and reload it first, then plan again. If the risk is meant, confirm it below with a reason.',
      ...(taken ? {} : { decision: brokenBaselineDecision }),
    },
  ];
}

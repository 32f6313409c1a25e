import type { Change } from './change';
import { diff, type Hunk } from './diff';

/** A hand edit against what we left and what shall be. Texts are `null` where there is no file. */
export interface ThreeWay {
  readonly lastApplied: string | null;
  readonly live: string | null;
  readonly desired: string | null;
  /** What was changed by hand. */
  readonly handEdit: readonly Hunk[];
  /** What our side has changed since. */
  readonly ownEdit: readonly Hunk[];
  /** What applying does to the file as it is now. */
  readonly result: readonly Hunk[];
}

/** The three texts of a drifted change and how they differ; `null` for a change without drift. */
export function threeWay(change: Change): ThreeWay | null {
  if (!change.drifted || change.action === 'noop') return null;
  const { lastApplied, beforeContent: live } = change;
  const desired = change.after.kind === 'file' ? change.after.content : null;
  return {
    lastApplied,
    live,
    desired,
    handEdit: diff(lastApplied, live),
    ownEdit: diff(lastApplied, desired),
    result: diff(live, desired),
  };
}

import type { DriftDetail, DriftFile } from '#api/contract/drift';
import type { DriftState } from '#core/plan/drift-state';
import { octal } from '../diff/change-text';

export const driftTitles = {
  changed: 'Changed by hand',
  missing: 'Missing',
  permissions: 'Other mode or owner',
  replaced: 'No longer a Gatehouse file',
  stray: 'Not written by us',
} as const satisfies Record<DriftState, string>;

type Facts = Pick<DriftDetail, 'state' | 'liveState' | 'leftState' | 'role'>;

/** What differs, in one plain sentence. */
export function driftSentence({ state, liveState, leftState, role }: Facts): string {
  switch (state) {
    case 'missing':
      return role === 'include'
        ? 'The file that has to read ours is gone.'
        : leftState?.kind === 'link'
          ? `Our last apply left a link to ${leftState.target} there; now there is nothing.`
          : 'Our last apply left it there; now there is nothing.';
    case 'permissions': {
      if (liveState.kind !== 'file' || leftState?.kind !== 'file') return 'Its mode or owner was changed.';
      const owner = `${liveState.owner}:${liveState.group}`;
      const parts = [
        ...(liveState.mode === leftState.mode
          ? []
          : [`mode ${octal(liveState.mode)} instead of ${octal(leftState.mode)}`]),
        ...(liveState.owner === 'root' ? [] : [`owner ${owner} instead of root`]),
      ];
      return `The text is ours, but it has ${parts.join(' and ')}.`;
    }
    case 'replaced':
      return liveState.kind === 'link'
        ? `A link to ${liveState.target} took its place.`
        : liveState.kind === 'file'
          ? 'A file took the place of our link.'
          : 'A directory or a special file took its place.';
    case 'stray':
      return 'It has a name of ours and the web server reads it, but this dashboard did not write it.';
    case 'changed':
      if (role === 'include') return 'The line that makes the web server read our files was taken out.';
      return liveState.kind === 'link' && leftState?.kind === 'link'
        ? `The link points to ${liveState.target} instead of ${leftState.target}.`
        : 'Somebody edited it on the host since our last apply.';
  }
}

/** What reverting does to it. */
export function revertSentence({ state, role }: Pick<DriftFile, 'state' | 'role'>): string {
  if (role === 'include') return 'An apply puts our line back and leaves the rest of the file alone.';
  return state === 'missing'
    ? 'An apply puts the file back.'
    : state === 'permissions'
      ? 'An apply corrects mode and owner.'
      : 'An apply replaces what is there now.';
}

/** Rows of one host, in the order in which they came. */
export function groupByHost<T extends Pick<DriftFile, 'hostId'>>(files: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const file of files) groups.set(file.hostId, [...(groups.get(file.hostId) ?? []), file]);
  return groups;
}

/** `1 file`, `3 files`. */
export const fileCount = (count: number) => `${count} ${count === 1 ? 'file' : 'files'}`;

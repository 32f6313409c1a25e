import type { Fingerprint } from '../change/file-state';
import type { Issue } from '../issue';

/** How a path moved since the plan saw it, in words; `null` when it did not. */
export function howMoved(planned: Fingerprint, now: Fingerprint): string | null {
  if (planned.kind === 'absent' && now.kind === 'absent') return null;
  if (planned.kind === 'absent') return 'appeared';
  if (now.kind === 'absent') return 'was deleted';
  if (planned.kind === 'file' && now.kind === 'file') {
    const parts = [
      planned.sha256 === now.sha256 ? null : 'its content was edited',
      planned.mode === now.mode
        ? null
        : `its permissions went from ${octal(planned.mode)} to ${octal(now.mode)}`,
      planned.owner === now.owner && planned.group === now.group
        ? null
        : `its owner went from ${planned.owner}:${planned.group} to ${now.owner}:${now.group}`,
    ].filter((part) => part !== null);
    return parts.length > 0 ? parts.join(', ') : null;
  }
  if (planned.kind === 'link' && now.kind === 'link') {
    return planned.target === now.target ? null : `it links to ${now.target} instead of ${planned.target}`;
  }
  return planned.kind === now.kind ? null : `it was ${names[planned.kind]} and is ${names[now.kind]}`;
}

/** Says that a path moved between review and apply, and that nothing was written. */
export function movedIssue(path: string, planned: Fingerprint, now: Fingerprint, site: string | null): Issue {
  const how = howMoved(planned, now) ?? 'it was touched';
  return {
    code: 'apply.stale',
    severity: 'error',
    path: [],
    message: `${path} is not as you reviewed it: ${how}. Nothing was written.`,
    hint: 'Make a new plan: it shows the change and what applying would do to it.',
    ...(site === null ? {} : { site }),
  };
}

const names = { absent: 'not there', file: 'a file', link: 'a link', other: 'a directory or special file' };

const octal = (mode: number) => mode.toString(8).padStart(4, '0');

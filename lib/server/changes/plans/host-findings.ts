import 'server-only';
import type { EventOf } from '#core/host/event';
import type { Issue } from '#core/issue';
import type { AppliedFile } from '#core/plan/applied-file';
import type { HostState } from '#server/hosts/helper/host';
import type { PlanTargetInput } from './load-plan-targets';

/** Applies of others that are on trial on the host, and earlier ones that could not be undone. */
export function openApplies(journals: readonly EventOf<'journal'>[], input: PlanTargetInput): Issue[] {
  return journals.flatMap((journal): Issue[] => {
    if (journal.state === 'restore-failed' && journal.server === input.server) {
      return [
        {
          code: 'host.restore-failed',
          severity: 'warning',
          path: [],
          message: `An earlier apply on ${input.host.name} could not be undone completely. Compare the files below with what you expect.`,
          hint: `Its backups are kept on the host in /var/lib/gatehouse/${journal.applyId}.`,
        },
      ];
    }
    if (
      journal.state === 'confirmed' ||
      journal.state === 'rolled-back' ||
      journal.state === 'restore-failed'
    )
      return [];
    const left =
      journal.remainingSeconds === null ? '' : ` It ends by itself in ${journal.remainingSeconds} s.`;
    return [
      {
        code: 'host.apply-open',
        severity: 'error',
        path: [],
        message: `Another apply is on trial on ${input.host.name}, started by ${journal.holder}.${left}`,
        hint: 'Confirm it or undo it first, then plan again.',
      },
    ];
  });
}

/** Files with a name of ours that nobody here wrote: another dashboard's, or left from a database that is gone. */
export function strayFiles(
  state: HostState,
  entries: readonly { file: { path: string } }[],
  applied: readonly AppliedFile[],
  input: PlanTargetInput,
): Issue[] {
  const known = new Set([
    ...entries.map(({ file }) => file.path),
    ...applied.map(({ document }) => document.path),
  ]);
  return state.files
    .filter(
      (file) => file.server === input.server && !known.has(file.path) && file.fingerprint.kind !== 'absent',
    )
    .map((file) => ({
      code: 'host.stray-file',
      severity: 'warning' as const,
      path: [],
      message: `${file.path} looks like one of ours, but this dashboard did not write it. It stays, and the web server reads it.`,
      hint: 'If no other dashboard is in charge of this host, remove the file by hand.',
    }));
}

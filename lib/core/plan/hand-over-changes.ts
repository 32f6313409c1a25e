import type { Change } from '../change/change';
import type { LiveFile } from '../change/file-state';
import type { HandedFile } from '../inventory/hand-over';
import type { Issue } from '../issue';

interface Given {
  /** What the plan does otherwise; lines of ours in these files are already put into what stays of them. */
  readonly changes: readonly Change[];
  readonly files: readonly HandedFile[];
  /** By path: those files as they are now. */
  readonly live: ReadonlyMap<string, LiveFile>;
  readonly sha256: (text: string) => string;
}

/** A plan's changes together with what it takes over; a file that is not what was read is an issue. */
export function handOverChanges({ changes, files, live, sha256 }: Given): {
  readonly changes: readonly Change[];
  readonly issues: readonly Issue[];
} {
  const issues: Issue[] = [];
  const taken = files.flatMap((file): Change[] => {
    const { path, text, rest, ranges, blocks } = file;
    const print = live.get(path)?.fingerprint;
    const base = { path, role: 'handover' as const, site: null, drifted: false, lastApplied: null };
    if (print?.kind === 'link' && rest === null) {
      const [real = path] = blocks.map((block) => block.real);
      const behind = live.get(real);
      if (behind?.fingerprint.kind !== 'file' || behind.fingerprint.sha256 !== sha256(text)) {
        issues.push(moved(real));
        return [];
      }
      const { sha256: sum, mode } = behind.fingerprint;
      return [
        {
          ...base,
          action: 'delete',
          before: print,
          beforeContent: null,
          after: { kind: 'absent' },
          handOver: { act: 'take', ranges: [] },
        },
        // Compared again before the first write: what the link leads to may not have got another block meanwhile.
        {
          ...base,
          path: real,
          action: 'noop',
          before: behind.fingerprint,
          beforeContent: null,
          after: { kind: 'file', content: text, sha256: sum, mode },
        },
      ];
    }
    if (print?.kind !== 'file' || print.sha256 !== sha256(text)) {
      issues.push(moved(path));
      return [];
    }
    const own = changes.find((change) => change.path === path);
    const content = own?.after.kind === 'file' ? own.after.content : rest;
    const after: Change['after'] =
      content === null
        ? { kind: 'absent' }
        : { kind: 'file', content, sha256: sha256(content), mode: print.mode };
    return [
      {
        ...base,
        action: content === null ? 'delete' : 'update',
        before: print,
        beforeContent: text,
        after,
        handOver: { act: 'take', ranges: [...ranges] },
      },
    ];
  });
  const paths = new Set(taken.map(({ path }) => path));
  return {
    changes: [...changes.filter(({ path }) => !paths.has(path)), ...taken].sort((a, b) =>
      a.path < b.path ? -1 : 1,
    ),
    issues,
  };
}

const moved = (path: string): Issue => ({
  code: 'plan.take-over-moved',
  severity: 'error',
  path: [],
  message: `${path} cannot be taken over: it is not byte for byte the text that was read of it, or is no plain file.`,
  hint: 'Plan again. If it stays like this, take the block out on the host: the file is not UTF-8, or a link.',
});

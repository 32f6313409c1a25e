import type { Change } from '../change/change';
import type { LiveFile } from '../change/file-state';
import type { Issue } from '../issue';
import type { IncludeLine } from '../servers/types';
import type { ServerKind } from '../web-server/render-target';
import { withLine } from './edit-lines';

interface Given {
  /** What the apply did to the file, and its name on the host. */
  readonly change: Change;
  readonly applyId: string;
  readonly live: LiveFile | undefined;
  /** Lines of ours that belong in files of others. */
  readonly includes: readonly IncludeLine[];
  readonly server: ServerKind;
  readonly sha256: (text: string) => string;
}

/**
 * The change that brings back what an apply took from somebody else's file, from the host's own copy of it. Where the path is not as that apply left it,
 * the later change is somebody's work: it stays, and the plan says so.
 */
export function bringBack({
  change,
  applyId,
  live,
  includes,
  server,
  sha256,
}: Given): { readonly change: Change } | { readonly issue: Issue } {
  const { path, before, beforeContent, after } = change;
  const found = live?.fingerprint ?? { kind: 'absent' as const };
  const asLeft =
    found.kind === 'file'
      ? after.kind === 'file' && found.sha256 === after.sha256 && found.mode === after.mode
      : found.kind === after.kind;
  if (!asLeft) {
    return {
      issue: {
        code: 'plan.bring-back-moved',
        severity: 'error',
        path: [],
        message: `${path} was changed since the apply that took a block out of it, so the old text cannot be put back over it.`,
        hint: `The host keeps the old file in /var/lib/gatehouse/${applyId}/taken${path}. Put the block back by hand, then undo again.`,
      },
    };
  }
  // A line that other sites need now stays in.
  const content = includes
    .filter((include) => include.path === path)
    .reduce((text, { line }) => withLine(text, line, server) ?? text, beforeContent ?? '');
  const restored: Change['after'] =
    before.kind === 'file'
      ? { kind: 'file', content, sha256: sha256(content), mode: before.mode }
      : before.kind === 'link'
        ? { kind: 'link', target: before.target }
        : { kind: 'absent' };
  return {
    change: {
      path,
      action: found.kind === 'absent' ? 'create' : 'update',
      before: found,
      beforeContent: live?.content ?? null,
      after: restored,
      role: 'handover',
      handOver: { act: 'bring', applyId },
      site: null,
      drifted: false,
      lastApplied: null,
    },
  };
}

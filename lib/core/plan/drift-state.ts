import { z } from 'zod';
import type { Fingerprint, LiveFile } from '../change/file-state';
import type { AppliedDocument } from './applied-file';
import { hasDrifted } from './drift';

/**
 * How a path differs from what we left there. `changed`: other text, or a link to elsewhere. `missing`: gone. `permissions`: our text, with
 * another mode or owner. `replaced`: something of another kind is there, so the path is no longer ours. `stray`: it has a
 * name of ours, but we did not write it.
 */
export const DriftState = z.enum(['changed', 'missing', 'permissions', 'replaced', 'stray']);
export type DriftState = z.infer<typeof DriftState>;

/**
 * Compares a path with what our last apply left there; `null` when nothing is different.
 *
 * @param applied `null` for a path that we did not write
 */
export function driftState(live: LiveFile, applied: AppliedDocument | null): DriftState | null {
  const { fingerprint } = live;
  if (applied === null) return fingerprint.kind === 'absent' ? null : 'stray';
  if (!hasDrifted(live, applied)) return null;
  if (fingerprint.kind === 'absent') return 'missing';
  if (applied.kind === 'link') return fingerprint.kind === 'link' ? 'changed' : 'replaced';
  if (fingerprint.kind !== 'file') return 'replaced';
  return applied.kind === 'file' && fingerprint.sha256 === applied.sha256 ? 'permissions' : 'changed';
}

/** A fingerprint as one line of text: equal for equal states of a path, and for no others. */
export function printText(fingerprint: Fingerprint): string {
  switch (fingerprint.kind) {
    case 'file': {
      const { sha256, mode, owner, group } = fingerprint;
      return JSON.stringify(['file', sha256, mode, owner, group]);
    }
    case 'link':
      return JSON.stringify(['link', fingerprint.target]);
    case 'absent':
    case 'other':
      return JSON.stringify([fingerprint.kind]);
  }
}

import type { Change } from '../change/change';
import type { DesiredFile } from '../change/file-state';
import type { IncludeLine, Rendering } from '../servers/types';

/** A path as it should be, and whose it is. */
export interface DesiredEntry {
  readonly file: DesiredFile;
  readonly role: Exclude<Change['role'], 'include' | 'handover'>;
  /** Name of the site it belongs to, `null` for shared files. */
  readonly site: string | null;
}

/** Everything of ours that a target should hold. */
export interface DesiredState {
  readonly entries: readonly DesiredEntry[];
  readonly includes: readonly IncludeLine[];
}

/**
 * The rendering of a target as a desired state.
 *
 * @param sha256 lower-case hex digest of a text's UTF-8 bytes; the core itself has no hash function
 */
export function desiredState(rendering: Rendering, sha256: (text: string) => string): DesiredState {
  return {
    entries: rendering.files.map((file): DesiredEntry => {
      const { path, role, site } = file;
      if (file.kind === 'link') return { file: { kind: 'link', path, target: file.target }, role, site };
      const { content, mode } = file;
      return { file: { kind: 'file', path, content, sha256: sha256(content), mode }, role, site };
    }),
    includes: rendering.includes,
  };
}

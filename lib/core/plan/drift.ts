import type { DesiredFile, Fingerprint, LiveFile } from '../change/file-state';
import type { AppliedDocument } from './applied-file';

/** Whether a path is exactly as it should be: kind, content, permissions and owner. */
export function isAsDesired(live: Fingerprint, desired: DesiredFile): boolean {
  if (desired.kind === 'link') return live.kind === 'link' && live.target === desired.target;
  return (
    live.kind === 'file' &&
    live.sha256 === desired.sha256 &&
    live.mode === desired.mode &&
    live.owner === 'root'
  );
}

/** Whether somebody changed a path by hand since our last apply left it as `applied`. */
export function hasDrifted(live: LiveFile, applied: AppliedDocument): boolean {
  if (applied.kind !== 'lines') return !isAsDesired(live.fingerprint, applied);
  // The rest of such a file is its owner's: only our own lines are looked at.
  return live.content === null || applied.lines.some((line) => !hasLine(live.content ?? '', line));
}

/** Whether one of the text's lines is this one, apart from white space around it. */
export function hasLine(content: string, line: string): boolean {
  return content.split('\n').some((each) => each.trim() === line.trim());
}

import { lstatSync, readFileSync } from 'node:fs';
import { CommandError, exitCode } from './exit-code';

/** A file that holds a secret: refused where others on this machine could read it, with the command that fixes that. */
export function readPrivateFile(path: string): string {
  try {
    if ((lstatSync(path).mode & 0o077) !== 0 && !lstatSync(path).isSymbolicLink())
      throw new CommandError(
        `${path} can be read or changed by other users of this machine. Fix it with: chmod 600 '${path}'`,
      );
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${path} cannot be read: ${(error as Error).message}`, exitCode.usage);
  }
}

import 'server-only';
import { lstatSync, readFileSync } from 'node:fs';

/**
 * The one line of a file that holds a secret, without the line break. Throws for a file that others on this machine can read; the
 * message holds the command that fixes it.
 */
export function readSecretFile(path: string): string {
  const { mode } = lstatSync(path);
  if ((mode & 0o077) !== 0)
    throw new Error(
      `${path} can be read or changed by other users of this machine. Fix it with: chmod 600 '${path}'`,
    );
  const text = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  if (text === '' || /[\r\n]/.test(text)) throw new Error(`${path} must hold one line`);
  return text;
}

import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import type { ServerDriver } from './driver';
import type { Places } from './stage';

/** Header with which `alice` signs in. */
export const alice = ['Authorization', `Basic ${Buffer.from('alice:secret').toString('base64')}`] as const;

// bcrypt of "secret"; Caddy reads no htpasswd files, which is an issue at the field.
const bcrypt = '$2b$04$o.P4ww7N2YCWm8AsGME9..QfXv3gz4suo0g1sTsaq.C9CUeyjX0s.';

/** Writes a file in which `alice` has the password `secret`, in the form that the server reads. */
export async function usersFile(places: Places, { kind }: ServerDriver): Promise<string> {
  const hash = execFileSync('openssl', ['passwd', '-apr1', 'secret'], { encoding: 'utf8' }).trim();
  const path = `${places.directory}/users`;
  await writeFile(path, kind === 'caddy' ? `alice ${bcrypt}\n` : `alice:${hash}\n`, { mode: 0o644 });
  return path;
}

import 'server-only';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findHelperDirectory, helperText } from './helper-text';

/** The account that the bootstrap script makes. */
export const enrolledUser = 'gatehouse';

/**
 * The script that a person reads and runs once as root to enrol a host: it installs the helper and a key that can do nothing but
 * run it. `publicKey` is an authorized_keys line without options. Throws `RangeError` for anything else.
 */
export function bootstrapScript(publicKey: string): string {
  const [type = '', body = '', comment = 'gatehouse'] = publicKey.trim().split(/\s+/);
  const key = `${type} ${body} ${comment.replace(/[^A-Za-z0-9._@:+-]/g, '-')}`;
  if (!/^(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)) [A-Za-z0-9+/]+={0,2} \S+$/.test(key)) {
    throw new RangeError('not the line of a public key');
  }
  const template = readFileSync(join(findHelperDirectory(), 'bootstrap.sh'), 'utf8');
  return template
    .replace('@PUBLIC_KEY@', () => key)
    .replace('@HELPER@', () => helperText().trimEnd())
    .replaceAll('@END_OF_HELPER@', () => 'END_OF_GATEHOUSE_HELPER');
}

import 'server-only';
import { env } from '../platform/env';

/**
 * E-mail address, in lower case, of whom the trusted proxy names. The header is our own: the outermost layer of the server sets it from the one
 * in the settings, and only for connections from trusted addresses.
 */
export function proxyPerson(headers: Headers): string | null {
  if (env().signInHeader === null) return null;
  const named = headers.get('x-gatehouse-person')?.trim().toLowerCase();
  return named && named.length <= 254 && named.includes('@') ? named : null;
}

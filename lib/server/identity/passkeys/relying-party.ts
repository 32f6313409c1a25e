import 'server-only';
import ipaddr from 'ipaddr.js';
import { AppError } from '../../platform/errors/app-error';

/**
 * The name that passkeys are bound to: the dashboard's own host name. Browsers make none for bare addresses.
 *
 * @throws AppError `conflict`
 */
export function relyingParty(origin: string): string {
  const { hostname } = new URL(origin);
  if (!ipaddr.isValid(hostname.replace(/^\[|\]$/g, ''))) return hostname;
  throw new AppError('conflict', 'Browsers make passkeys for host names only, not for addresses.', {
    hint: `Open the dashboard by a name, such as localhost instead of ${hostname}.`,
  });
}

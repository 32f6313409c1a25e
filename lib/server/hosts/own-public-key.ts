import 'server-only';
import type { Host } from '../../generated/prisma/client';

/** The line by which the host's authorized_keys lets the dashboard in. A certificate is kept in the same column, but is in nobody's list. */
export const ownPublicKey = (host: Pick<Host, 'login' | 'publicKey'>): string | null =>
  host.login === 'certificate' ? null : host.publicKey;

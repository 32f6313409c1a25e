import 'server-only';
import { TransportError } from '../../platform/errors/transport-error';

/** sshd opens no session, which is not the same as refusing the program in it (RFC 4254, sections 5.1 and 6.5). */
export const sessionRefused = (where: string, reason: string) =>
  new TransportError(
    'no-shell',
    `${where} lets the account log in but opens no session, or not as many at once as are needed.`,
    'Look at MaxSessions in sshd’s settings (10 unless it was changed, and that is enough).',
    { reason: reason.slice(0, 300) },
  );

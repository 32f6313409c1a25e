import 'server-only';
import { TransportError } from '../../platform/errors/transport-error';

interface Ssh2Error extends Error {
  readonly level?: string;
  readonly code?: string;
}

const unreachable = 'Check the address and port, and that a firewall lets this machine through.';

/** What went wrong while connecting, in the product's own words. `where` is `address:port`. */
export function connectionError(error: Ssh2Error, where: string, user: string): TransportError {
  const detail = { reason: error.message.slice(0, 300) };
  if (error.level === 'client-authentication') {
    return new TransportError(
      'auth-refused',
      `${where} refused the key for the account ${user}.`,
      `Put the public key into ~${user}/.ssh/authorized_keys on the host, and check that the account may log in.`,
      detail,
    );
  }
  if (error.level === 'agent') {
    return new TransportError(
      'key-invalid',
      'The SSH agent of the dashboard’s account does not answer.',
      'Start the agent, and the dashboard with its SSH_AUTH_SOCK.',
      detail,
    );
  }
  if (error.level === 'client-timeout' || error.code === 'ETIMEDOUT') {
    return new TransportError('unreachable', `${where} did not answer in time.`, unreachable, detail);
  }
  switch (error.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new TransportError(
        'unreachable',
        `The name in ${where} is not known.`,
        'Check the spelling, or use an IP address.',
        detail,
      );
    case 'ECONNREFUSED':
      return new TransportError(
        'unreachable',
        `Nothing listens at ${where}.`,
        'Check the port, and that sshd is running on the host.',
        detail,
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return new TransportError('unreachable', `There is no way to ${where} from here.`, unreachable, detail);
  }
  if (error.level === 'handshake' || error.level === 'protocol' || error.code === 'ECONNRESET') {
    return new TransportError(
      'not-ssh',
      `${where} answers, but no SSH session came about.`,
      'Check that this is the port of sshd. Very old servers lack the algorithms that are asked for here.',
      detail,
    );
  }
  return new TransportError('unreachable', `Could not connect to ${where}.`, unreachable, detail);
}

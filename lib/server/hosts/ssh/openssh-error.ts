import 'server-only';
import { TransportError } from '../../platform/errors/transport-error';
import { connectionError } from './connection-error';
import type { SshTarget } from './ssh-target';

/** What OpenSSH's client says when no connection comes about (its words are in ssh.c, sshconnect.c and misc.c), and what that is called here. */
const kinds: readonly [RegExp, { level?: string; code?: string }][] = [
  [
    /Permission denied|Too many authentication failures|No more authentication methods/,
    { level: 'client-authentication' },
  ],
  [/Could not resolve hostname/, { code: 'ENOTFOUND' }],
  [/Connection refused/, { code: 'ECONNREFUSED' }],
  [/timed out/i, { code: 'ETIMEDOUT' }],
  [/No route to host|Network is unreachable/, { code: 'EHOSTUNREACH' }],
  [
    /kex_exchange_identification|banner exchange|Connection (?:closed|reset)|no matching|Bad packet|invalid format/,
    { level: 'handshake' },
  ],
];

/** Why the `ssh` program did not log in. `said` is its stderr: hostile text, quoted in the detail only. */
export function openSshError(said: string, target: SshTarget): TransportError {
  const where = `${target.address}:${target.port}`;
  const reason = said.trim().slice(0, 300);
  if (/Host key verification failed|HOST IDENTIFICATION HAS CHANGED/.test(said))
    return new TransportError(
      'host-key-changed',
      `${where} shows another host key than the one that was confirmed. Nothing was sent to it.`,
      'Ask the host for its key again, and compare.',
    );
  const [, kind] = kinds.find(([words]) => words.test(said)) ?? [];
  if (kind?.level !== 'client-authentication')
    return connectionError(Object.assign(new Error(reason), kind), where, target.user);
  if (target.certificate)
    return new TransportError(
      'auth-refused',
      `${where} refused the certificate for the account ${target.user}.`,
      `Check on the host that sshd trusts the authority (TrustedUserCAKeys), that the certificate names ${target.user}, and that it has not run out.`,
      { reason },
    );
  if (target.agentSocket)
    return new TransportError(
      'auth-refused',
      `${where} refused every key of the SSH agent for the account ${target.user}.`,
      'See what the agent holds with ssh-add -l, and what the host lets in.',
      { reason },
    );
  return connectionError(Object.assign(new Error(reason), kind), where, target.user);
}

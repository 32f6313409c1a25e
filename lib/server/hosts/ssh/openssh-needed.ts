import 'server-only';
import type { SshTarget } from './ssh-target';

/** Whether a host, or one on the way to it, signs in with what only OpenSSH's own client knows: a certificate, or an agent and all its kinds of keys. */
export const needsOpenSsh = (target: SshTarget): boolean =>
  target.certificate !== undefined ||
  target.agentSocket !== undefined ||
  (target.via !== undefined && needsOpenSsh(target.via));

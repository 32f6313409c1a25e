import 'server-only';
import { TransportError } from '../../platform/errors/transport-error';
import type { HostKey } from './scan-host-key';
import type { SshTarget } from './ssh-target';

/** G11: another key than the pinned one. */
export const changedHostKey = (target: SshTarget, found: HostKey): TransportError =>
  new TransportError(
    'host-key-changed',
    `${target.address}:${target.port} shows another host key than the one that was confirmed. Nothing was sent to it.`,
    'If the host was reinstalled, compare the new fingerprint on its console and confirm it; otherwise someone may be in between.',
    {
      pinnedType: target.hostKeyType,
      pinned: target.hostKeyFingerprint,
      foundType: found.type,
      found: found.fingerprint,
    },
  );

/** G11: no key was pinned yet. */
export const unknownHostKey = (target: SshTarget, found: HostKey): TransportError =>
  new TransportError(
    'host-key-unknown',
    `Nobody has confirmed the host key of ${target.address}:${target.port} yet.`,
    'Compare the fingerprint with the one on the host’s console, then confirm it.',
    { foundType: found.type, found: found.fingerprint },
  );

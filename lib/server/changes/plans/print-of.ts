import 'server-only';
import type { Fingerprint } from '#core/change/file-state';
import type { EventOf } from '#core/host/event';

/** The fingerprint that a `changed` event of the host tells. */
export function printOf(event: Omit<EventOf<'changed'>, 'event'>): Fingerprint {
  const { kind, sha256 = '', mode = 0, owner = '', group = '', target = '' } = event;
  if (kind === 'file') return { kind, sha256, mode, owner, group };
  return kind === 'link' ? { kind, target } : { kind };
}

import 'server-only';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { pickRenewal, renewalWindow } from '#core/acme/renewal-window';

/** The CA's own window, as kept. */
export const Suggested = z.object({ start: z.coerce.date(), end: z.coerce.date() });

interface Lived {
  readonly id: string;
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** JSON of the database. */
  readonly suggested: unknown;
}

/** When a certificate is renewed: a moment of its window that is its own, and stays the same however often it is asked for. */
export function planRenewal({ id, serial, notBefore, notAfter, suggested }: Lived): Date {
  const share = createHash('sha256').update(`${id} ${serial}`).digest().readUInt32BE(0) / 2 ** 32;
  const asked = Suggested.safeParse(suggested).data ?? null;
  return pickRenewal(renewalWindow({ notBefore, notAfter, suggested: asked }), share);
}

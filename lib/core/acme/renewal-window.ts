/** Times of a certificate, and the CA's own proposal (ARI) where it made one. */
export interface Lifetime {
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly suggested: { readonly start: Date; readonly end: Date } | null;
}

export interface RenewalWindow {
  readonly from: Date;
  readonly to: Date;
}

const dayMs = 86_400_000;
const shortLifeMs = 10 * dayMs;

/**
 * When a certificate is renewed: the CA's window (RFC 9773), otherwise a third of the lifetime before the end, half of it for lives under ten
 * days. The window without ARI is a sixth of what is left then, so that the second half is kept for trying again.
 */
export function renewalWindow({ notBefore, notAfter, suggested }: Lifetime): RenewalWindow {
  // A window that ends before it begins, or after the certificate's own end, is no proposal to follow.
  if (suggested && suggested.start <= suggested.end && suggested.end <= notAfter)
    return { from: suggested.start, to: suggested.end };
  const lifeMs = notAfter.getTime() - notBefore.getTime();
  const leftMs = lifeMs < shortLifeMs ? lifeMs / 2 : lifeMs / 3;
  const from = notAfter.getTime() - leftMs;
  return { from: new Date(from), to: new Date(from + leftMs / 6) };
}

/** A moment of the window: `share` from 0 to 1, so that the certificates of one day are not renewed in one minute. */
export function pickRenewal({ from, to }: RenewalWindow, share: number): Date {
  return new Date(from.getTime() + (to.getTime() - from.getTime()) * share);
}

/** `late`: its renewal window is over. `serious`: under a tenth of its life is left. `expired`: it is over. */
export type Lateness = 'in-time' | 'late' | 'serious' | 'expired';

/** How late a certificate is, by share of its own lifetime: six days and a year are judged alike. */
export function lateness(life: Lifetime, now: Date): Lateness {
  const end = life.notAfter.getTime();
  const left = end - now.getTime();
  if (left <= 0) return 'expired';
  if (left < (end - life.notBefore.getTime()) / 10) return 'serious';
  return now > renewalWindow(life).to ? 'late' : 'in-time';
}

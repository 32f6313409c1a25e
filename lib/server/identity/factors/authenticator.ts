import 'server-only';
import { Secret, TOTP } from 'otpauth';
import type { SecondFactor } from '../../../generated/prisma/client';
import { openSecondFactor, sealSecondFactor } from '../../platform/secrets/second-factor-seal';

const periodSeconds = 30;

/** RFC 6238 as every authenticator app speaks it: SHA-1, six digits, thirty seconds. */
const totp = (secret: string, label = '') =>
  new TOTP({ issuer: 'Gatehouse', label, secret, algorithm: 'SHA1', digits: 6, period: periodSeconds });

/** A fresh secret: as text to type, as the address that a QR code holds, and as it is stored. Call it inside the transaction that stores it. */
export function newAuthenticator(userId: string, label: string) {
  const secret = new Secret({ size: 20 }).base32;
  return { secret, uri: totp(secret, label).toString(), stored: sealSecondFactor(userId, secret) };
}

/** The time step whose code this is, one step of a slow clock allowed; `null` for a wrong code and for one that counted before. */
export function stepOfCode(row: SecondFactor, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const timestamp = now.getTime();
  const delta = totp(openSecondFactor(row)).validate({ token: code, timestamp, window: 1 });
  if (delta === null) return null;
  const step = Math.floor(timestamp / 1000 / periodSeconds) + delta;
  return step > row.lastStep ? step : null;
}

import 'server-only';
import { randomBytes } from 'node:crypto';
import { hashToken } from '../../door/api-token';
import type { WriteDb } from '../../platform/database/db';

const codes = 10;
// Without the letters and digits that look alike on paper.
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 4;

/** Sixteen characters, some eighty random bits: a plain hash is enough. */
function newCode(): string {
  const characters: string[] = [];
  while (characters.length < groups * 4) {
    // Bytes at the end of the range would favour the first letters.
    for (const byte of randomBytes(32)) if (byte < 248) characters.push(alphabet[byte % 31] ?? '');
  }
  const text = characters.join('').slice(0, groups * 4);
  return text.match(/.{4}/g)?.join('-') ?? text;
}

const normal = (code: string) => code.toLowerCase().replace(/[\s-]/g, '');

/** Replaces a person's recovery codes. They are kept as hashes: the answer is the only place where they are ever shown. */
export async function renewRecoveryCodes(tx: WriteDb, userId: string): Promise<string[]> {
  const made = Array.from({ length: codes }, newCode);
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: made.map((code) => ({ userId, codeHash: hashToken(normal(code)) })),
  });
  return made;
}

/** Uses a recovery code up; `false` when it is none, or was used. */
export async function takeRecoveryCode(tx: WriteDb, userId: string, code: string): Promise<boolean> {
  const { count } = await tx.recoveryCode.updateMany({
    where: { userId, codeHash: hashToken(normal(code)), usedAt: null },
    data: { usedAt: new Date() },
  });
  return count === 1;
}

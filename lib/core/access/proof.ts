/** For how long a password, passkey or code counts as a proof that the person is really at the browser. */
export const proofMinutes = 10;

/** When a proof stops counting; `null` where there is none that counts. */
export function provenUntil(provenAt: Date | null, now: Date): Date | null {
  if (provenAt === null) return null;
  const until = new Date(provenAt.getTime() + proofMinutes * 60_000);
  return until > now ? until : null;
}

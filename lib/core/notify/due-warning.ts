/** Days before the end at which people are told, each once. */
export const warningDays = [21, 7, 1] as const;

const dayMs = 86_400_000;

/** Whole days until an instant; negative once it has passed. */
export const daysUntil = (expiresAtMs: number, nowMs: number): number =>
  Math.floor((expiresAtMs - nowMs) / dayMs);

/**
 * The warning about a certificate that is due now, `null` for none. Of several that were missed only the most urgent one is given.
 *
 * @param told warnings that were given about this very certificate
 */
export function dueWarning(daysLeft: number, told: readonly number[]): number | null {
  const due = warningDays.findLast((days) => daysLeft <= days);
  if (due === undefined) return null;
  return told.some((days) => days <= due) ? null : due;
}

const dayMs = 86_400_000;

/** Whether something that was seen then is too old to be told as if it were so now. */
export const isOld = (seenAt: string, nowMs: number): boolean => nowMs - Date.parse(seenAt) > dayMs;

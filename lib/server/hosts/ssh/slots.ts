import 'server-only';

/** At most `limit` holders at once; the others wait in line. */
export function createSlots(limit: number): () => Promise<() => void> {
  const waiting: (() => void)[] = [];
  let free = limit;
  return async () => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    };
  };
}

/** Random choices that are the same again for the same seed. */
export interface Dice {
  below(limit: number): number;
  pick<Thing>(things: readonly Thing[]): Thing;
  weighted<Thing extends { readonly weight: number }>(things: readonly Thing[]): Thing;
}

/** Mulberry32: small, and good enough to wander about. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = <Thing>(things: readonly Thing[]): Thing => {
    const thing = things[below(things.length)];
    if (thing === undefined) throw new RangeError('nothing to pick from');
    return thing;
  };
  return {
    below,
    pick,
    weighted(things) {
      return pick(things.flatMap((thing) => Array.from({ length: thing.weight }, () => thing)));
    },
  };
}

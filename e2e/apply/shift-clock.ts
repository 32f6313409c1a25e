/** Puts this process's clock off, as if the machine's were. What counts time and does not tell it goes on as before. */
export function shiftClock(offsetMs: number): void {
  if (offsetMs === 0) return;
  const Real = Date;
  class Shifted extends Real {
    constructor(...given: unknown[]) {
      super(...((given.length === 0 ? [Real.now() + offsetMs] : given) as [number]));
    }
    static override now(): number {
      return Real.now() + offsetMs;
    }
  }
  globalThis.Date = Shifted as DateConstructor;
}

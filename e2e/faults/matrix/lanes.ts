/** A fixed number of things that are expensive to make, each used by one at a time. */
export class Lanes<Thing> {
  readonly #free: (Thing | null)[];
  readonly #waiting: ((thing: Thing | null) => void)[] = [];

  constructor(
    count: number,
    private readonly make: () => Promise<Thing>,
    private readonly discard: (thing: Thing) => Promise<void>,
  ) {
    this.#free = Array.from({ length: count }, () => null);
  }

  /** A case that fails may leave anything behind: the next one gets a new thing. */
  async use<Result>(act: (thing: Thing) => Promise<Result>): Promise<Result> {
    let thing = await this.#take();
    try {
      thing ??= await this.make();
      return await act(thing);
    } catch (error) {
      if (thing) await this.discard(thing).catch(() => undefined);
      thing = null;
      throw error;
    } finally {
      this.#give(thing);
    }
  }

  #take(): Promise<Thing | null> {
    const ready = this.#free.findIndex((thing) => thing !== null);
    const [thing] = this.#free.splice(Math.max(ready, 0), 1);
    if (thing !== undefined) return Promise.resolve(thing);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #give(thing: Thing | null): void {
    const next = this.#waiting.shift();
    if (next) next(thing);
    else this.#free.push(thing);
  }
}

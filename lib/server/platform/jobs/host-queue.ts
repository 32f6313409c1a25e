import 'server-only';

/**
 * Runs background work with at most one piece per host and a bounded number at once. Work on the same host starts in the order in
 * which it was added.
 */
export class HostQueue {
  readonly #tails = new Map<string, Promise<void>>();
  readonly #waiting: (() => void)[] = [];
  readonly #running = new Set<Promise<void>>();
  #free: number;

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /** Work must not throw: it turns every outcome into data. What it throws all the same goes to `onError`. */
  add(
    hostIds: readonly string[],
    work: () => Promise<void>,
    onError: (error: unknown) => void,
  ): Promise<void> {
    const before = hostIds.flatMap((id) => this.#tails.get(id) ?? []);
    const done = Promise.all(before).then(async () => {
      await this.#enter();
      try {
        await work();
      } catch (error) {
        onError(error);
      } finally {
        this.#leave();
      }
    });
    for (const id of hostIds) this.#tails.set(id, done);
    this.#running.add(done);
    void done.then(() => {
      this.#running.delete(done);
      for (const id of hostIds) if (this.#tails.get(id) === done) this.#tails.delete(id);
    });
    return done;
  }

  /** Resolves when nothing is left to do. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async #enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }
}

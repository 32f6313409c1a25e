/**
 * Numbers objects by identity, so that combinations of shared parts can be found again without looking into them. `resolve` gives the same
 * array to every location that shares it.
 */
export class IdentityKey {
  readonly #numbers = new Map<object, number>();

  of(...parts: readonly object[]): string {
    let key = '';
    for (const part of parts) {
      let number = this.#numbers.get(part);
      if (number === undefined) {
        number = this.#numbers.size;
        this.#numbers.set(part, number);
      }
      key += `${number},`;
    }
    return key;
  }
}

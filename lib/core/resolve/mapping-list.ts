import { innerAndOuter } from './inner-and-outer';
import type { PathMapping } from './resolved';

/** A path mapping, and the origin of an upstream that is told its own name and redirects to it. */
export interface Mapped {
  readonly mapping: PathMapping;
  readonly upstreamOrigin: string | null;
}

/**
 * The path mappings of a vhost's locations. Redirects of all locations with the same one are repaired alike. `null` leaves them alone, and always
 * gets a position of its own: no server may take the exception for what most locations have in common.
 */
export class MappingList {
  readonly #positions = new Map<string, number>();
  readonly #mappings: (Mapped | null)[] = [];

  get all(): readonly (Mapped | null)[] {
    return this.#mappings;
  }

  position(mapped: Mapped | null): number {
    if (mapped === null) return this.#mappings.push(null) - 1;
    const key = [...innerAndOuter(mapped.mapping), mapped.upstreamOrigin].join(' ');
    const position = this.#positions.get(key) ?? this.#mappings.push(mapped) - 1;
    this.#positions.set(key, position);
    return position;
  }
}

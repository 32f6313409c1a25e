import { portSuffix, publicAddress } from '../public-url';
import type { LocationRewrites, PathMapping } from '../resolved';
import type { Site } from '../schema';
import type { VhostPlace } from './vhost-context';

/** Repairs of `Location` for applications that do not know their public address. */
export function locationRewrites(
  site: Site,
  place: VhostPlace,
  hostname: string,
  upstreamOrigin: string | null,
  mapping: PathMapping,
): LocationRewrites {
  const { prefix } = place;
  const address = publicAddress(site);
  const authority = hostname + portSuffix(address);
  const origin = `${address.scheme}://${authority}`;
  const [inner, outer] = innerAndOuter(mapping);
  const rewrites: LocationRewrites[number][] = [];
  const add = (from: string, to: string, why: string) => {
    if (!rewrites.some((known) => known.from === from))
      rewrites.push({ from, to, origin: { path: place.prefixPath, why } });
  };
  const moved = inner !== outer;
  if (moved && outer !== '/') {
    add(origin + outer, origin + outer, 'redirects that know the public address stay');
    add(outer, outer, 'redirects that know the prefix stay');
    add('//', '//', 'redirects to other hosts stay');
  }
  if (moved) {
    add(origin + inner, origin + outer, `prefix mode ${prefix.mode}: redirects get the public path`);
    add(inner, outer, `prefix mode ${prefix.mode}: redirects get the public path`);
  }
  if (address.scheme === 'https') {
    add(`http://${authority}${inner}`, origin + outer, 'applications that do not see https redirect to http');
  }
  if (upstreamOrigin !== null)
    add(upstreamOrigin + inner, outer, 'the upstream is told its own name and redirects to it');
  return rewrites;
}

/** The upstream's and the public prefix of a mapping. */
function innerAndOuter(mapping: PathMapping): [string, string] {
  switch (mapping.kind) {
    case 'none':
      return ['/', '/'];
    case 'strip':
      return ['/', mapping.prefix];
    case 'add':
      return [mapping.prefix, '/'];
    case 'replace':
      return [mapping.to, mapping.from];
  }
}

/** A path mapping, and the origin of an upstream that is told its own name and redirects to it. */
export interface Mapped {
  readonly mapping: PathMapping;
  readonly upstreamOrigin: string | null;
}

/**
 * The path mappings of a vhost's locations. Redirects of all locations with the same one are repaired alike. `null` leaves them alone, and always
 * gets a position of its own: no server shall take the exception for what most locations have in common.
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

import type { Issue } from '../issue';
import { allLocations } from '../rules/rule';
import type { HeaderRule, Site } from '../site/schema';

/** A header rule of the document and its field. */
export interface PlacedHeader {
  readonly rule: HeaderRule;
  /** Lower case. */
  readonly name: string;
  readonly path: Issue['path'];
  /** The list that holds it, to be compared by identity. */
  readonly list: readonly HeaderRule[];
}

/** All header rules of one direction, those of the site first, then those of its locations. */
export function placedHeaders(
  site: Site,
  direction: 'requestHeaders' | 'responseHeaders',
): readonly PlacedHeader[] {
  const place = (list: readonly HeaderRule[], path: Issue['path']) =>
    list.map((rule, index) => ({ rule, name: rule.name.toLowerCase(), path: [...path, index], list }));
  return [
    ...place(site[direction], [direction]),
    ...allLocations(site).flatMap(({ location, path }) => place(location[direction], [...path, direction])),
  ];
}

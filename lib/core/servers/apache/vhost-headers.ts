import { remember } from '../../remember';
import type { LocationRewrites, ResolvedLocation, ResolvedVhost } from '../../resolve/resolved';
import { IdentityKey } from '../identity-key';
import { type ApacheNode, blank, comment, shared } from './directive';
import { cookieEdits, type HeaderItem, locationEdits, requestItems, responseItems } from './headers';

/** Header lines of one location. What tells them apart is asked for only where locations differ. */
class HeaderSet {
  #keys: ReadonlySet<string> | undefined;
  #sets: ReadonlySet<string | null> | undefined;

  constructor(readonly items: readonly HeaderItem[]) {}

  get keys(): ReadonlySet<string> {
    this.#keys ??= new Set(this.items.map((item) => item.key()));
    return this.#keys;
  }

  get sets(): ReadonlySet<string | null> {
    this.#sets ??= new Set(this.items.map(({ sets }) => sets));
    return this.#sets;
  }
}

/** Header lines of a vhost whose locations do not all have the same. */
export interface DifferingHeaders {
  readonly of: ReadonlyMap<ResolvedLocation, HeaderSet>;
  /** Lines that every location has; they are written once, in the vhost. */
  readonly common: HeaderSet;
}

export interface VhostHeaders {
  /** Lines of the vhost itself. */
  readonly nodes: readonly ApacheNode[];
  /** `null` where these are all. */
  readonly differing: DifferingHeaders | null;
}

/** Whether Apache answers a location in a section. */
export const isAnswered = ({ action }: ResolvedLocation): boolean =>
  action.kind === 'proxy' || action.kind === 'static';

/** Locations by the first one that sends and adds the same; lists are compared by identity, which `resolve` keeps. */
export type HeaderGroups = ReadonlyMap<ResolvedLocation, readonly ResolvedLocation[]>;

export function headerGroups(locations: readonly ResolvedLocation[]): HeaderGroups {
  const identity = new IdentityKey();
  const firsts = new Map<string, ResolvedLocation>();
  const groups = new Map<ResolvedLocation, ResolvedLocation[]>();
  for (const location of locations.filter(isAnswered)) {
    const { action, responseHeaders } = location;
    const key =
      action.kind === 'proxy'
        ? `${identity.of(action.host, action.requestHeaders, responseHeaders, action.cookies)} ${action.locationRewrites}`
        : identity.of(responseHeaders);
    const first = firsts.get(key) ?? location;
    firsts.set(key, first);
    groups.set(first, [...(groups.get(first) ?? []), location]);
  }
  return groups;
}

/** Header lines of a vhost: only repairs of redirects hold names of the site. */
export function vhostHeaders(vhost: ResolvedVhost, groups: HeaderGroups): VhostHeaders {
  const [first, ...others] = groups.keys();
  if (first === undefined) return { nodes: [], differing: null };
  if (others.length === 0) {
    const { before, after, isEmpty } = ownLines(first);
    const edits = locationEdits(rewritesOf(vhost, first)).flatMap((item) => item.nodes(null));
    const nodes = isEmpty && edits.length === 0 ? [] : [blank, headersOfAll, before, ...edits, after];
    return { nodes, differing: null };
  }
  const of = new Map<ResolvedLocation, HeaderSet>();
  const sets: HeaderSet[] = [];
  for (const [location, alike] of groups) {
    const set = new HeaderSet(headerItems(location, rewritesOf(vhost, location)));
    sets.push(set);
    for (const one of alike) of.set(one, set);
  }
  const items = sets[0]?.items.filter((item) => sets.every(({ keys }) => keys.has(item.key()))) ?? [];
  const nodes = items.flatMap((item) => item.nodes(null));
  return {
    nodes: nodes.length === 0 ? [] : [blank, headersOfAll, ...nodes],
    differing: { of, common: new HeaderSet(items) },
  };
}

const headersOfAll = comment('Headers of every location.');

const rewritesOf = ({ locationRewrites }: ResolvedVhost, { action }: ResolvedLocation): LocationRewrites =>
  action.kind === 'proxy' ? (locationRewrites[action.locationRewrites] ?? []) : [];

/** All header lines of a location; lines of the same key do the same. */
function headerItems(location: ResolvedLocation, rewrites: LocationRewrites): readonly HeaderItem[] {
  return [...itemsBefore(location), ...locationEdits(rewrites), ...itemsAfter(location)];
}

function itemsBefore({ action, responseHeaders }: ResolvedLocation): readonly HeaderItem[] {
  const items = responseItems(responseHeaders);
  return action.kind === 'proxy' ? [...requestItems(action), ...items] : items;
}

const itemsAfter = ({ action }: ResolvedLocation): readonly HeaderItem[] =>
  action.kind === 'proxy' ? cookieEdits(action.cookies) : [];

/** Lines of a location before and after the repairs of redirects, as they are in a vhost. */
const ownLines = remember((location: ResolvedLocation) => {
  const before = itemsBefore(location).flatMap((item) => item.nodes(null));
  const after = itemsAfter(location).flatMap((item) => item.nodes(null));
  return {
    before: shared(before),
    after: shared(after),
    isEmpty: before.length + after.length === 0,
  };
});

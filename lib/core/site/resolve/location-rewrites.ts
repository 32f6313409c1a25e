import { portSuffix, publicAddress } from '../public-url';
import type { PathMapping, ProxyAction } from '../resolved';
import type { Site } from '../schema';
import type { VhostContext, VhostPlace } from './vhost-context';

/** Repairs of `Location` for applications that do not know their public address. */
function locationRewrites(
  site: Site,
  place: VhostPlace,
  upstreamOrigin: string | null,
  mapping: PathMapping,
): ProxyAction['locationRewrites'] {
  const { prefix } = place;
  const address = publicAddress(site);
  const authority = place.hostname + portSuffix(address);
  const origin = `${address.scheme}://${authority}`;
  const [inner, outer] = innerAndOuter(mapping);
  const rewrites: ProxyAction['locationRewrites'][number][] = [];
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

/** Remembers the list of each mapping, so that locations with the same one share the same array. */
export function rewritesByMapping(
  site: Site,
  place: VhostPlace,
  upstreamOrigin: string | null,
): VhostContext['locationRewrites'] {
  const known = new Map<string, ProxyAction['locationRewrites']>();
  return (mapping) => {
    const key = innerAndOuter(mapping).join(' ');
    const found = known.get(key) ?? locationRewrites(site, place, upstreamOrigin, mapping);
    known.set(key, found);
    return found;
  };
}

import { portSuffix, publicAddress } from '../public-url';
import type { PathMapping, ProxyAction } from '../resolved';
import type { VhostContext } from './vhost-context';

type RewritePlace = Pick<VhostContext, 'site' | 'prefix' | 'prefixPath' | 'hostname' | 'upstreamOrigin'>;

/** Repairs of `Location` for applications that do not know their public address. */
export function locationRewrites(place: RewritePlace, mapping: PathMapping): ProxyAction['locationRewrites'] {
  const { site, prefix } = place;
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
  const upstreamOrigin = place.upstreamOrigin;
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
export function rewritesByMapping(place: RewritePlace): VhostContext['locationRewrites'] {
  const known = new Map<string, ProxyAction['locationRewrites']>();
  return (mapping) => {
    const key = innerAndOuter(mapping).join(' ');
    const found = known.get(key) ?? locationRewrites(place, mapping);
    known.set(key, found);
    return found;
  };
}

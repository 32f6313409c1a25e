import { portSuffix, publicAddress } from '../site/public-url';
import type { Site } from '../site/schema';
import { innerAndOuter } from './inner-and-outer';
import type { LocationRewrites, PathMapping } from './resolved';
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

import type { DraftLocation } from './matches';
import type { ResolvedVhost } from './resolved';

/** A redirect sees the same requests before the site does: where the site hides any query string, it hides all. */
export function maskedAs(vhosts: readonly ResolvedVhost[], location: DraftLocation): DraftLocation {
  const masked = vhosts.flatMap(({ locations }) => locations).find(({ maskQuery }) => maskQuery.value);
  return masked ? { ...location, maskQuery: masked.maskQuery } : location;
}

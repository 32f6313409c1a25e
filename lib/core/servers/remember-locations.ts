import { remember } from '../remember';
import type { ResolvedLocation, ResolvedVhost } from '../site/resolved';
import type { RenderTarget } from './types';

/**
 * Makes something of a vhost's locations, once for all sites of a target whose main vhosts share them (see `Shapes`). What is made can hold
 * neither names nor addresses of a site: `make` does not see them.
 */
export function rememberLocations<V>(
  make: (locations: readonly ResolvedLocation[], target: RenderTarget) => V,
): (vhost: Pick<ResolvedVhost, 'role' | 'locations'>, target: RenderTarget) => V {
  const shared = remember((target: RenderTarget) =>
    remember((locations: readonly ResolvedLocation[]) => make(locations, target)),
  );
  // All other vhosts have locations of their own.
  return ({ role, locations }, target) =>
    role === 'main' ? shared(target)(locations) : make(locations, target);
}

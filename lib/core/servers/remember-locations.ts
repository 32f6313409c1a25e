import { remember } from '../remember';
import type { ResolvedLocation, ResolvedVhost } from '../resolve/resolved';
import { areShared } from '../resolve/shapes';
import type { RenderTarget } from '../web-server/render-target';

/**
 * Makes something of a vhost's locations, once for all sites of a target that share them, and lets `prepare` make it ready for that. What is made
 * can hold neither names nor addresses of a site: `make` does not see them.
 */
export function rememberLocations<V>(
  make: (locations: readonly ResolvedLocation[], target: RenderTarget) => V,
  prepare: (made: V) => V = (made) => made,
): (vhost: Pick<ResolvedVhost, 'locations'>, target: RenderTarget) => V {
  const known = remember((target: RenderTarget) =>
    remember((locations: readonly ResolvedLocation[]) => prepare(make(locations, target))),
  );
  return ({ locations }, target) =>
    areShared(locations) ? known(target)(locations) : make(locations, target);
}

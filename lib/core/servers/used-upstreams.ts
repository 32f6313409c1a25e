import type { ResolvedSite, ResolvedUpstream } from '../resolve/resolved';
import type { RenderTarget } from '../web-server/render-target';
import { rememberLocations } from './remember-locations';

/** Upstreams of a site that requests or questions about sign-in go to. */
export function usedUpstreams(site: ResolvedSite, target: RenderTarget): readonly ResolvedUpstream[] {
  const used = site.vhosts.map((vhost) => usedNames(vhost, target));
  return site.upstreams.filter(({ name }) => used.some((names) => names.has(name)));
}

const usedNames = rememberLocations((locations): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const { action, access } of locations) {
    if (action.kind === 'proxy') names.add(action.upstream.value);
    if (access.auth?.kind === 'forward') names.add(access.auth.upstream.value);
  }
  return names;
});

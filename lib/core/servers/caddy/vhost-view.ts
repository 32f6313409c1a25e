import type { ResolvedSite, ResolvedUpstream, ResolvedVhost } from '../../resolve/resolved';
import type { RenderTarget } from '../../web-server/render-target';
import type { CaddyNode } from './tree';

/** What the parts of one site block need to know. */
export interface VhostView {
  readonly site: ResolvedSite;
  readonly vhost: ResolvedVhost;
  readonly target: RenderTarget;
  readonly upstreams: ReadonlyMap<string, ResolvedUpstream>;
  /** Repairs of redirects, by their position in the vhost. */
  readonly locationRewrites: readonly (readonly CaddyNode[])[];
}

/** Whether the client's address comes out of a header that a trusted proxy sends. */
export const isBehindProxies = ({ vhost }: Pick<VhostView, 'vhost'>): boolean =>
  vhost.trustedProxies.length > 0;

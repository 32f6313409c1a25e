import type { ResolvedSite, ResolvedUpstream, ResolvedVhost } from '../../site/resolved';
import type { RenderTarget } from '../types';

/** What the parts of one site block need to know. */
export interface VhostView {
  readonly site: ResolvedSite;
  readonly vhost: ResolvedVhost;
  readonly target: RenderTarget;
  readonly upstreams: ReadonlyMap<string, ResolvedUpstream>;
  /** Names of the snippets that hold header changes of several locations, by `sameKey`. */
  readonly snippets: ReadonlyMap<string, string>;
}

/** Whether the client's address comes out of a header that a trusted proxy sends. */
export const isBehindProxies = ({ vhost }: Pick<VhostView, 'vhost'>): boolean => vhost.trustedProxies.length > 0;

import type { ProxyAction, ResolvedSite, ResolvedUpstream, ResolvedVhost } from '../../../resolve/resolved';
import type { RenderTarget } from '../../../web-server/render-target';
import type { Directive } from '../tree';
import type { IssueList } from './issue-list';

/** What the parts of a server block need to know of their surroundings. */
export interface VhostView {
  readonly site: ResolvedSite;
  readonly vhost: ResolvedVhost;
  readonly target: RenderTarget;
  readonly issues: IssueList;
  readonly upstreams: ReadonlyMap<string, ResolvedUpstream>;
  /** Proxied location whose request headers are set at server level; locations that send the same inherit them. */
  readonly inherited: ProxyAction | null;
  /** Response headers that nginx itself needs in every set. */
  readonly ownResponseHeaders: readonly Directive[];
}

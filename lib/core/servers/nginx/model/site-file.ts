import type { ResolvedSite } from '../../../resolve/resolved';
import type { RenderTarget } from '../../../web-server/render-target';
import { usedUpstreams } from '../../used-upstreams';
import type { Node } from '../tree';
import { proxyTable } from './forwarded-guard';
import type { IssueList } from './issue-list';
import { serverBlock } from './server-block';
import { upstreamBlock } from './upstream-block';

/** Everything of one site: its upstreams, then its servers. */
export function siteNodes(site: ResolvedSite, target: RenderTarget, issues: IssueList): readonly Node[] {
  const upstreams = new Map(site.upstreams.map((upstream) => [upstream.name, upstream]));
  return [
    {
      comment: `Managed by Gatehouse: site ${site.name} (${site.title}). Edits show as drift and are lost at the next apply.`,
      origin: { path: ['name'], why: 'file of one site' },
    },
    ...proxyTable(site.name, site.vhosts),
    ...usedUpstreams(site, target).map((upstream) => upstreamBlock(site.name, upstream, target, issues)),
    ...site.vhosts.map((vhost) => serverBlock(site, vhost, upstreams, target, issues)),
  ];
}

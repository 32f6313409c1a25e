import type { ResolvedSite } from '../../resolve/resolved';
import type { RenderTarget } from '../../web-server/render-target';
import { sealSite } from '../seal-site';
import { siteCertificates } from '../site-certificates';
import type { Listener, SiteRendering, WebServer } from '../types';
import { siteIssues } from './issues';
import { includeLine, managedPaths, sitePath } from './layout';
import { parseCaddyOutput } from './output';
import { printCaddy } from './print';
import { siteBlock } from './site-block';
import { comment } from './tree';
import { caddyVocabulary } from './vocabulary';

/** Caddy 2.6 to 2.11. */
export const caddy: WebServer = {
  kind: 'caddy',
  title: 'Caddy',
  renderSite,
  renderShared: (_needs, target) => ({ files: [], includes: [includeLine(target.layout)] }),
  managedPaths,
  vocabulary: caddyVocabulary,
  parseOutput: parseCaddyOutput,
};

function renderSite(site: ResolvedSite, target: RenderTarget): SiteRendering {
  const upstreams = new Map(site.upstreams.map((upstream) => [upstream.name, upstream]));
  const nodes = [
    comment(
      `Managed by Gatehouse: site ${site.name} (${site.title}). Edits show as drift and are lost at the next apply.`,
    ),
    ...site.vhosts.map((vhost) => siteBlock({ site, vhost, target, upstreams })),
  ];
  const { printed, identities } = sealSite(site, printCaddy(nodes));
  return {
    files: [
      {
        kind: 'file',
        path: sitePath(target.layout, site.name),
        role: 'site',
        site: site.name,
        mode: 0o644,
        ...printed,
      },
    ],
    shared: { upgradeMap: false, logFormats: [], extraPorts: [] },
    certificates: siteCertificates(site, target),
    listeners: listeners(site),
    identities,
    modules: [],
    issues: siteIssues(site, target),
  };
}

function listeners(site: ResolvedSite): readonly Listener[] {
  const all = site.vhosts.flatMap(({ listen, tls }): Listener[] => [
    { port: listen.port.value, protocol: 'tcp' },
    ...(tls !== null && listen.http3.value ? [{ port: listen.port.value, protocol: 'udp' } as const] : []),
  ]);
  return all.filter(
    (one, index) =>
      all.findIndex((other) => other.port === one.port && other.protocol === one.protocol) === index,
  );
}

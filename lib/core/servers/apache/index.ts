import type { ResolvedSite } from '../../resolve/resolved';
import type { RenderTarget } from '../../web-server/render-target';
import { sealSite } from '../seal-site';
import { siteCertificates } from '../site-certificates';
import type { RenderedFile, RenderedText, SharedNeeds, SiteRendering, WebServer } from '../types';
import { type ApacheNode, because, blank, comment, directive } from './directive';
import { siteIssues } from './issues';
import { apacheLayout, apacheManagedPaths, apacheSharedPath, apacheSitePaths } from './layout';
import { neededModules } from './modules';
import { parseApacheOutput } from './output';
import { printApache } from './print';
import { vhostNode } from './vhost';
import { apacheVocabulary } from './vocabulary';

/** Apache httpd 2.4.37 to 2.4.71. */
export const apache: WebServer = {
  kind: 'apache',
  title: 'Apache httpd',
  renderSite,
  renderShared,
  managedPaths: apacheManagedPaths,
  vocabulary: apacheVocabulary,
  parseOutput: parseApacheOutput,
};

function renderSite(site: ResolvedSite, target: RenderTarget): SiteRendering {
  const nodes: ApacheNode[] = [
    comment(
      `Managed by Gatehouse: site ${site.name} (${site.title}). Edits show as drift and are lost at the next apply.`,
    ),
    ...site.vhosts.flatMap((vhost) => [blank, vhostNode(vhost, site, target)]),
  ];
  const paths = apacheSitePaths(target.layout, site.name);
  const { printed, identities } = sealSite(site, printApache(nodes));
  const file: RenderedText = {
    kind: 'file',
    path: paths.file,
    role: 'site',
    site: site.name,
    mode: 0o644,
    ...printed,
  };
  const files: RenderedFile[] = [file];
  if (paths.link !== null) {
    files.push({ kind: 'link', path: paths.link, role: 'enable', site: site.name, target: paths.file });
  }
  const ports = [...new Set(site.vhosts.map(({ listen }) => listen.port.value))];
  return {
    files,
    shared: {
      upgradeMap: false,
      logFormats: [],
      extraPorts: ports.filter((port) => !apacheLayout(target.layout).listensOn.includes(port)),
    },
    certificates: siteCertificates(site, target),
    listeners: ports.map((port) => ({ port, protocol: 'tcp' })),
    identities,
    modules: neededModules(site, target),
    issues: siteIssues(site, target),
  };
}

function renderShared(needs: SharedNeeds, target: RenderTarget): ReturnType<WebServer['renderShared']> {
  const { include } = apacheLayout(target.layout);
  const includes = include === null ? [] : [include];
  if (needs.extraPorts.length === 0) return { files: [], includes };
  const ports = [...new Set(needs.extraPorts)].sort((a, b) => a - b);
  const nodes = [
    comment('Managed by Gatehouse: shared by all sites. Edits show as drift and are lost at the next apply.'),
    ...ports.map((port) =>
      directive(
        'Listen',
        [String(port)],
        because(`a site uses port ${port}, which the distribution does not listen on`),
      ),
    ),
  ];
  const file: RenderedText = {
    kind: 'file',
    path: apacheSharedPath(target.layout),
    role: 'shared',
    site: null,
    mode: 0o644,
    ...printApache(nodes),
  };
  return { files: [file], includes };
}

import type { ResolvedSite, ResolvedVhost } from '../../resolve/resolved';
import type { RenderTarget } from '../../web-server/render-target';
import { compareVersions } from '../../web-server/version';
import { sealSite } from '../seal-site';
import { siteCertificates } from '../site-certificates';
import type { Listener, RenderedFile, SiteRendering } from '../types';
import { oldestVersion } from './capabilities';
import { enableLink, sitePath } from './layout';
import { IssueList } from './model/issue-list';
import { hasQuic, listenAddresses } from './model/listen';
import { siteNodes } from './model/site-file';
import { print } from './print';

/** Files, listeners and findings of one site on nginx. */
export function renderSite(site: ResolvedSite, target: RenderTarget): SiteRendering {
  const issues = new IssueList(target);
  checkVersion(target, issues);
  const { printed, identities } = sealSite(site, print(siteNodes(site, target, issues)));
  const { content, lines, overlong } = printed;
  for (const { path } of overlong) {
    issues.error(
      'nginx.too-long',
      path,
      'is too long for nginx, which takes words of up to 4000 characters',
      'Make it shorter.',
    );
  }
  const file: RenderedFile = {
    kind: 'file',
    path: sitePath(target.layout, site.name),
    role: 'site',
    site: site.name,
    mode: 0o644,
    content,
    lines,
  };
  const link = enableLink(target.layout, site.name);
  return {
    files: link === null ? [file] : [file, link],
    shared: {
      upgradeMap: true,
      logFormats: [],
      extraPorts: [],
      quicSockets: quicSockets(site.vhosts, target),
    },
    certificates: siteCertificates(site, target),
    listeners: listeners(site.vhosts, target),
    identities,
    modules: [],
    issues: issues.all,
  };
}

function checkVersion({ version }: RenderTarget, issues: IssueList): void {
  if (version === null) {
    issues.advice(
      'nginx.version-unknown',
      [],
      'the version of this nginx is not known, so the forms that every version understands are used',
      'Check the host to find its version.',
    );
  } else if (compareVersions(version, oldestVersion) < 0) {
    issues.warning(
      'nginx.version-old',
      [],
      `nginx ${version} is older than ${oldestVersion}, the oldest one that Gatehouse is made for`,
      'Use a newer nginx.',
    );
  }
}

function listeners(vhosts: readonly ResolvedVhost[], target: RenderTarget): readonly Listener[] {
  const found = new Map<string, Listener>();
  for (const vhost of vhosts) {
    const port = vhost.listen.port.value;
    found.set(`tcp ${port}`, { port, protocol: 'tcp' });
    if (hasQuic(vhost, target)) found.set(`udp ${port}`, { port, protocol: 'udp' });
  }
  return [...found.values()];
}

function quicSockets(vhosts: readonly ResolvedVhost[], target: RenderTarget): readonly string[] {
  return vhosts
    .filter((vhost) => hasQuic(vhost, target))
    .flatMap(({ listen }) => listenAddresses(listen.port.value, listen.ipv6.value));
}

import { webServers } from '#core/servers/index';
import type { RenderTarget, ServerKind } from '#core/web-server/render-target';
import type { HostChoice } from '#queries/hosts';

export interface PreviewTarget {
  /** The same for targets that get the same files. */
  readonly key: string;
  readonly target: RenderTarget;
  /** `nginx 1.22.1` */
  readonly title: string;
  /** Hosts it stands for, empty for a web server that the site does not run on. */
  readonly hosts: readonly string[];
}

/** What can be previewed: the chosen targets first, equal ones together; then each web server that is left, as an unknown version. */
export function previewTargets(hosts: readonly HostChoice[], targetIds: readonly string[]): PreviewTarget[] {
  const chosen = new Set(targetIds);
  const found = new Map<string, PreviewTarget>();
  for (const host of hosts) {
    for (const { id, server, version, openssl, layout, modules } of host.targets) {
      if (!chosen.has(id)) continue;
      const target: RenderTarget = { server, version, openssl, layout, modules };
      const key = JSON.stringify(target);
      const before = found.get(key);
      const title = `${webServers[server].title}${version ? ` ${version}` : ''}`;
      found.set(key, { key, target, title, hosts: [...(before?.hosts ?? []), host.name] });
    }
  }
  const used = new Set([...found.values()].map(({ target }) => target.server));
  const others = (Object.keys(webServers) as ServerKind[])
    .filter((server) => !used.has(server))
    .map((server) => ({
      key: server,
      target: { server, version: null, openssl: null, layout: 'debian' as const, modules: null },
      title: webServers[server].title,
      hosts: [],
    }));
  return [...found.values(), ...others];
}

import type { Issue } from '../issue';
import { presets } from '../presets';
import { resolve } from '../resolve/resolve';
import { Shapes } from '../resolve/shapes';
import type { Site } from '../site/schema';
import type { RenderTarget } from '../web-server/render-target';
import { webServers } from '.';
import { type Claim, checkTogether, claimsOf } from './check-together';
import type { BlockIdentity, Listener, MadeCertificate, RenderedFile, Rendering, SharedNeeds } from './types';

/**
 * All files of a target: each site's own and what they share, once. Deterministic: the same sites in any order give the same files. Issues name
 * their site. Sites must be parsed documents; findings of severity `error` mean that the result must not be applied.
 */
export function renderTarget(sites: readonly Site[], target: RenderTarget): Rendering {
  const server = webServers[target.server];
  const sorted = [...sites].sort((a, b) => (a.name < b.name ? -1 : 1));
  const files: RenderedFile[] = [];
  const certificates: MadeCertificate[] = [];
  const listeners = new Map<string, Listener>();
  const modules = new Set<string>();
  const identities: BlockIdentity[] = [];
  const issues: Issue[] = [];
  const needs: SharedNeeds[] = [];
  const claims: Claim[] = [];
  // One site has nobody to share with.
  const shapes = sites.length > 1 ? new Shapes() : undefined;
  for (const document of sorted) {
    const site = resolve(document, presets[document.preset], shapes);
    const rendering = server.renderSite(site, target);
    claims.push(...claimsOf(site));
    needs.push(rendering.shared);
    files.push(...rendering.files);
    certificates.push(...rendering.certificates);
    identities.push(...rendering.identities);
    for (const listener of rendering.listeners)
      listeners.set(`${listener.port} ${listener.protocol}`, listener);
    for (const module of rendering.modules) modules.add(module);
    for (const issue of rendering.issues) issues.push({ ...issue, site: site.name });
  }
  const shared =
    sites.length === 0 ? { files: [], includes: [] } : server.renderShared(mergeNeeds(needs), target);
  return {
    files: [...shared.files, ...files],
    includes: shared.includes,
    certificates,
    listeners: [...listeners.values()].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1)),
    identities,
    modules: [...modules].sort(),
    issues: [...issues, ...checkTogether(claims, target)],
  };
}

/** The files of one site as the form shows them while it is edited: as if it were alone on the target. */
export function renderPreview(site: Site, target: RenderTarget): Rendering {
  return renderTarget([site], target);
}

function mergeNeeds(needs: readonly SharedNeeds[]): SharedNeeds {
  const union = <T extends string | number>(lists: readonly (readonly T[])[]): readonly T[] =>
    [...new Set(lists.flat())].sort();
  return {
    upgradeMap: needs.some(({ upgradeMap }) => upgradeMap),
    logFormats: union(needs.map(({ logFormats }) => logFormats)),
    extraPorts: union(needs.map(({ extraPorts }) => extraPorts)),
    quicSockets: union(needs.map(({ quicSockets }) => quicSockets ?? [])),
  };
}

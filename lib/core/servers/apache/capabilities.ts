import type { RenderTarget } from '../../web-server/render-target';
import { atLeast } from '../../web-server/version';

/**
 * What Apache httpd can do since when. An unknown version gets the form that every version from 2.4.37 on understands.
 * Sources: CHANGES files of the named releases, https://downloads.apache.org/httpd/CHANGES_2.4
 */
export const apacheCapabilities = {
  /** `upgrade=websocket` on a worker: mod_proxy_http tunnels by itself. CHANGES 2.4.47, mod_proxy: "Add proxy worker parameter upgrade". */
  upgradeParameter: '2.4.47',
  /** MergeSlashes: doubled slashes cannot slip past a pattern. CHANGES 2.4.39, CVE-2019-0220. */
  mergeSlashes: '2.4.39',
} as const;

export type ApacheCapability = keyof typeof apacheCapabilities;

/** Oldest version these files are made for; older ones are rendered all the same and told. Tried up to 2.4.71. */
export const oldestApache = '2.4.37';

/** Whether a version surely has a capability. */
export function hasCapability(version: string | null, capability: ApacheCapability): boolean {
  return atLeast(version, apacheCapabilities[capability]);
}

/** "Apache ≥ 2.4.47", or that the version is not known. */
export function gateReason({ version }: RenderTarget, capability: ApacheCapability): string {
  const since = apacheCapabilities[capability];
  if (version === null)
    return `form for all versions, because this Apache's version is not known (${since} decides)`;
  return hasCapability(version, capability) ? `Apache ≥ ${since}` : `Apache ${version} < ${since}`;
}

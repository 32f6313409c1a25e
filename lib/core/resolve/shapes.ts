import type { Preset } from '../presets/preset';
import { remember } from '../remember';
import type { Site } from '../site/schema';
import type { MappingList } from './mapping-list';
import type { ResolvedVhost } from './resolved';

/** What is decided of a vhost without looking at its names, its certificate or the addresses of its upstreams. */
export interface VhostDecisions
  extends Pick<
    ResolvedVhost,
    'listen' | 'requestHeaders' | 'responseHeaders' | 'log' | 'trustedProxies' | 'locations'
  > {
  readonly mappings: MappingList['all'];
}

const shared = new WeakSet<ResolvedVhost['locations']>();

/** Whether other sites of a rendering may hold the very same locations. */
export const areShared = (locations: ResolvedVhost['locations']): boolean => shared.has(locations);

/**
 * Decisions that sites of one rendering share: of thousands of sites most differ in names and addresses only. Two sites have the same shape when
 * everything is equal that a decision may look at, so whatever is not known to be looked at nowhere belongs to the shape.
 */
export class Shapes {
  readonly #known = new Map<string, VhostDecisions>();

  /** The decisions about the main vhost, made for the first site of its shape. */
  find(site: Site, preset: Preset, decide: () => VhostDecisions): VhostDecisions {
    const shape = shapeOf(site, preset);
    let found = this.#known.get(shape);
    if (found === undefined) {
      found = decide();
      this.#known.set(shape, found);
      shared.add(found.locations);
    }
    return found;
  }
}

const publicUrl = '{public_url}';

const namesTheSite = remember(({ requestHeaders }: Preset): boolean =>
  requestHeaders.some(({ rule }) => rule.op === 'set' && rule.value.includes(publicUrl)),
);

function shapeOf(site: Site, preset: Preset): string {
  const {
    name: _,
    description: __,
    hostnames,
    tls,
    upstreams,
    extraHosts: ___,
    aliases: ____,
    ...rest
  } = site;
  const shape = JSON.stringify([
    rest,
    tls.mode,
    // Only where the upstream is told its own name does its address count.
    site.hostHeader === 'upstream' ? upstreams : upstreams[0]?.name,
  ]);
  return namesTheSite(preset) || shape.includes(publicUrl) ? `${shape}${hostnames.join()}` : shape;
}

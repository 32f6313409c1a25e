import { defaultSite } from '#core/presets/default-site';
import { presetIds } from '#core/presets/index';
import type { Site } from '#core/site/schema';

/** One site of every preset. */
export const typicalSites = presetIds.map((id) => defaultSite(id, `bench-${id}`, `${id}.example.com`));

/** A site with 40 locations, every fourth for WebSockets. */
export const largeSite: Site = {
  ...defaultSite('generic', 'bench-large', 'large.example.com'),
  locations: Array.from({ length: 40 }, (_, index) => ({
    match: { kind: 'prefix', path: `/app-${index}/` },
    class: index % 4 === 0 ? 'ws' : 'http',
    limits: { readTimeoutSeconds: 60 + index },
    access: 'site',
    allow: [],
    listing: false,
    maskQuery: false,
    requestHeaders: [],
    responseHeaders: [],
  })),
};

/** Sites of all presets in turn. */
export const manySites = (count: number): readonly Site[] =>
  Array.from({ length: count }, (_, index) =>
    defaultSite(presetIds[index % presetIds.length] ?? 'generic', `site-${index}`, `ci-${index}.example.com`),
  );

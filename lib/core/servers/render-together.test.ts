import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { presetIds } from '../presets';
import { defaultSite } from '../presets/default-site';
import type { Site } from '../site/schema';
import { movedSite } from '../site/testing/moved-site';
import { siteArbitrary } from '../site/testing/site-arbitrary';
import { type RenderTarget, ServerKind } from '../web-server/render-target';
import { renderTarget } from './render';

/** Each site's own files, as one text. */
function ownFiles(sites: readonly Site[], target: RenderTarget): Readonly<Record<string, string>> {
  const { files } = renderTarget(sites, target);
  return Object.fromEntries(
    sites.map(({ name }) => [name, JSON.stringify(files.filter(({ site }) => site === name))]),
  );
}

/** What one site leaves to the other must be right for both, whichever comes first. */
function expectOwnFiles(one: Site, other: Site, target: RenderTarget): void {
  expect(ownFiles([one, other], target)).toEqual({
    ...ownFiles([one], target),
    ...ownFiles([other], target),
  });
}

test.each(ServerKind.options)('on %s a site has the files that it would have alone', (server) => {
  const target = { server, version: null, openssl: null, layout: 'debian', modules: null } as const;
  const check = (site: Site) => {
    const moved = movedSite(site);
    // With the same schemes more is shared, addresses still are not.
    const near = { ...moved, upstreams: [...site.upstreams].reverse() };
    const renamed = { ...site, name: 'a-first' };
    for (const other of [moved, near]) {
      expectOwnFiles(site, other, target);
      expectOwnFiles(renamed, other, target);
    }
  };
  for (const id of presetIds) check(defaultSite(id, 'site', 'ci.example.com'));
  fc.assert(fc.property(siteArbitrary, check), { numRuns: 30 });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presetIds, presets } from '../presets';
import { defaultSite } from '../presets/default-site';
import type { Site } from '../site/schema';
import { movedSite } from '../site/testing/moved-site';
import { siteArbitrary } from '../site/testing/site-arbitrary';
import { resolve } from './resolve';
import { Shapes } from './shapes';

const tellsItsUrl: Site['requestHeaders'] = [{ op: 'set', name: 'X-Url', value: '{public_url}' }];
const base = (site: Site): readonly Site[] => [site, { ...site, requestHeaders: tellsItsUrl }];

function expectSame(first: Site, second: Site): void {
  const shapes = new Shapes();
  resolve(first, presets[first.preset], shapes);
  expect(resolve(second, presets[second.preset], shapes)).toEqual(resolve(second));
}

describe('sites that share decisions are decided as if each were alone', () => {
  it.each(presetIds)('%s', (id) => {
    for (const site of base(defaultSite(id, 'site', 'ci.example.com')))
      for (const hostHeader of ['public', 'upstream'] as const)
        expectSame({ ...site, hostHeader }, movedSite({ ...site, hostHeader }));
  });

  it('whatever else they hold', () => {
    fc.assert(
      fc.property(siteArbitrary, siteArbitrary, (one, other) => {
        for (const site of base(one)) expectSame(site, movedSite(site));
        expectSame(one, other);
      }),
    );
  });

  it('and sites of one shape do share', () => {
    const shapes = new Shapes();
    const site = defaultSite('jenkins', 'site', 'ci.example.com');
    const [first, second] = [site, movedSite(site)].map((each) => resolve(each, presets.jenkins, shapes));
    expect(second?.vhosts[0]?.locations).toBe(first?.vhosts[0]?.locations);
  });
});

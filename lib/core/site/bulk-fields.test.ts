import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { BulkFields, setFields } from './bulk-fields';
import { describeChanges } from './describe-changes';
import { Site } from './schema';
import { siteArbitrary } from './testing/site-arbitrary';

const fields: fc.Arbitrary<BulkFields> = fc.constantFrom(
  { http3: true },
  { tlsProfile: 'modern' as const },
  { limits: { bodySizeMib: 64 } },
  { limits: { readTimeoutSeconds: null } },
  { hsts: null },
  { hsts: { maxAgeSeconds: 300, includeSubDomains: false, preload: false } },
  { trustedProxies: ['10.0.0.0/8'] },
);

test('property: exactly the chosen field is set, and what comes out is a document', () => {
  fc.assert(
    fc.property(siteArbitrary, fields, (site, set) => {
      const edited = setFields(site, set);
      expect(Site.safeParse(edited).success).toBe(true);
      const [name = ''] = Object.keys(set);
      for (const { path } of describeChanges(site, edited)) expect(path.startsWith(name)).toBe(true);
      expect(setFields(edited, set)).toEqual(edited);
    }),
  );
});

test('no field can be chosen that says who a site is or where it goes; none at all is no edit', () => {
  for (const wrong of [
    {},
    { name: 'x' },
    { hostnames: ['a.test'] },
    { upstreams: [] },
    { tls: { mode: 'none' } },
  ])
    expect(BulkFields.safeParse(wrong).success).toBe(false);
});

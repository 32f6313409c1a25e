import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatPath } from '../format-path';
import { fileSite, readSitesFile, SitesFile } from './sites-file';
import { sitesFileJsonSchema } from './sites-file-json-schema';
import { siteArbitrary } from './testing/site-arbitrary';

const targets = [
  { host: 'web-2', server: 'caddy' as const },
  { host: 'web-1', server: 'nginx' as const },
];

test('property: what is written for a site is read as the same site, in places and defaults too', () => {
  fc.assert(
    fc.property(siteArbitrary, (site) => {
      const file = { schemaVersion: 1, sites: [fileSite(site, targets)] };
      expect(SitesFile.safeParse(file).success).toBe(true);
      const { entries, issues } = readSitesFile(JSON.parse(JSON.stringify(file)));
      expect(issues).toEqual([]);
      expect(entries[0]?.issues).toEqual([]);
      expect(entries[0]?.site).toEqual(site);
      expect(entries[0]?.targets).toEqual([targets[1], targets[0]]);
    }),
  );
});

test('property: the order in which the fields were filled in leaves no trace in the text', () => {
  fc.assert(
    fc.property(siteArbitrary, (site) => {
      const turned = Object.fromEntries(Object.entries(site).reverse()) as typeof site;
      expect(JSON.stringify(fileSite(turned, targets))).toBe(JSON.stringify(fileSite(site, targets)));
    }),
  );
});

const pathsOf = (value: unknown) => {
  const { entries, issues } = readSitesFile(value);
  return [...issues, ...entries.flatMap((entry) => entry.issues)].map(
    ({ path, code }) => `${formatPath(path)} ${code}`,
  );
};

test('findings name the field from the top of the file', () => {
  const site = fileSite(readOne(), []);
  expect(pathsOf('text')).toEqual([' file.not-sites']);
  expect(pathsOf({ schemaVersion: 1, sites: {} })).toEqual(['sites file.not-sites']);
  expect(pathsOf({ sites: [] })).toEqual(['schemaVersion site.no-version']);
  expect(pathsOf({ schemaVersion: 1, sites: [], more: 1 })).toEqual(['more schema.unknown-field']);
  expect(pathsOf({ schemaVersion: 2, sites: [site] })).toEqual(['sites[0].schemaVersion site.newer-version']);
  expect(pathsOf({ schemaVersion: 1, sites: [site, { ...site, httpsPort: 0 }, 7] })).toEqual([
    'sites[1].httpsPort schema.too_small',
    'sites[2] site.not-a-document',
  ]);
  expect(
    pathsOf({ schemaVersion: 1, sites: [{ ...site, targets: [{ host: 'a', server: 'iis' }] }] }),
  ).toEqual(['sites[0].targets[0].server schema.invalid_value']);
});

test('a bare site document is a file of one', () => {
  const { targets: _, ...document } = fileSite(readOne(), []);
  const { entries } = readSitesFile({ schemaVersion: 1, ...document });
  expect(entries).toMatchObject([{ path: [], targets: null, issues: [] }]);
  expect(pathsOf(document)).toEqual(['schemaVersion site.no-version']);
});

function readOne() {
  const [site] = fc.sample(siteArbitrary, { numRuns: 1, seed: 7 });
  if (!site) throw new Error('no sample');
  return site;
}

test('the published schema of a file knows its fields', () => {
  expect(sitesFileJsonSchema()).toMatchObject({
    properties: {
      schemaVersion: { const: 1 },
      sites: { items: { properties: { targets: {}, hostnames: {} } } },
    },
    additionalProperties: false,
  });
});

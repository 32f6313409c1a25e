import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultSite } from '../presets/default-site';
import { describeChanges } from './describe-changes';
import { sameJson } from './json-value';
import { siteArbitrary } from './testing/site-arbitrary';

const base = defaultSite('generic', 'ci', 'ci.example.com');

test('a change is told in words, with the field’s path and units', () => {
  const after = {
    ...base,
    limits: { bodySizeMib: 64, readTimeoutSeconds: 60 },
    http3: true,
    hostnames: ['ci.example.com', 'build.example.com'],
  };
  expect(describeChanges({ ...base, limits: { bodySizeMib: 16 } }, after)).toEqual([
    {
      path: 'hostnames[build.example.com]',
      field: 'Host name build.example.com',
      kind: 'added',
      before: null,
      after: 'build.example.com',
    },
    { path: 'http3', field: 'HTTP/3', kind: 'changed', before: 'off', after: 'on' },
    {
      path: 'limits.bodySizeMib',
      field: 'Largest request body',
      kind: 'changed',
      before: '16 MiB',
      after: '64 MiB',
    },
    {
      path: 'limits.readTimeoutSeconds',
      field: 'Read timeout',
      kind: 'added',
      before: null,
      after: '60 s',
    },
  ]);
});

test('an element before the others is one addition, and a moved one is a change of order', () => {
  const [first] = base.upstreams;
  const second = { ...first, name: 'second' };
  expect(
    describeChanges(base, { ...base, upstreams: [second, first] }).map(({ path, kind }) => [path, kind]),
  ).toEqual([['upstreams[second]', 'added']]);
  const two = { ...base, upstreams: [first, second] };
  expect(describeChanges(two, { ...base, upstreams: [second, first] })).toMatchObject([
    { field: 'Upstream, order', before: 'main, second', after: 'second, main' },
  ]);
});

test('values of another kind are one change, not a list of fields that have nothing to do with each other', () => {
  const tls = { mode: 'files', certificate: '/a.pem', key: '/b.pem' } as const;
  expect(describeChanges(base, { ...base, tls })).toEqual([
    {
      path: 'tls',
      field: 'TLS',
      kind: 'changed',
      before: 'mode self-signed',
      after: 'mode files, certificate /a.pem, key /b.pem',
    },
  ]);
});

test('property: there is a change exactly when the documents differ', () => {
  fc.assert(
    fc.property(siteArbitrary, siteArbitrary, (a, b) => {
      expect(describeChanges(a, a)).toEqual([]);
      expect(describeChanges(a, b).length === 0).toBe(sameJson(a, b));
    }),
  );
});

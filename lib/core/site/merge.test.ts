import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultSite } from '../presets/default-site';
import { sameJson } from './json-value';
import { merge } from './merge';
import { siteArbitrary } from './testing/site-arbitrary';

const base = { ...defaultSite('generic', 'ci', 'ci.example.com'), limits: { bodySizeMib: 16 } };
const [main] = base.upstreams;

test('what one side changed is taken from it, whatever else the other changed', () => {
  const theirs = { ...base, limits: { bodySizeMib: 64 }, http3: true };
  const yours = { ...base, limits: { bodySizeMib: 16, readTimeoutSeconds: 60 }, description: 'mine' };
  const { value, conflicts } = merge(base, theirs, yours);
  expect(conflicts).toEqual([]);
  expect(value).toEqual({
    ...base,
    limits: { bodySizeMib: 64, readTimeoutSeconds: 60 },
    http3: true,
    description: 'mine',
  });
});

test('what both changed differently is asked, with all three values, and the choice counts', () => {
  const theirs = { ...base, limits: { bodySizeMib: 64 }, http3: true };
  const yours = { ...base, limits: { bodySizeMib: 32 }, httpsPort: 8443 };
  const { value, conflicts } = merge(base, theirs, yours);
  expect(conflicts).toEqual([
    {
      path: 'limits.bodySizeMib',
      field: 'Largest request body',
      of: 'bodySizeMib',
      base: 16,
      theirs: 64,
      yours: 32,
    },
  ]);
  expect(value).toMatchObject({ limits: { bodySizeMib: 64 }, http3: true, httpsPort: 8443 });
  const chosen = merge(base, theirs, yours, new Map([['limits.bodySizeMib', 'yours' as const]]));
  expect(chosen.value).toEqual({ ...(value as object), limits: { bodySizeMib: 32 } });
});

test('elements of a list are merged by what they are about; removed here and changed there is a conflict', () => {
  const two = { ...base, upstreams: [main, { ...main, name: 'files' }] };
  const theirs = { ...two, upstreams: [main, { ...main, name: 'files' }, { ...main, name: 'logs' }] };
  const yours = {
    ...two,
    upstreams: [
      { ...main, policy: 'client-address' },
      { ...main, name: 'files' },
      { ...main, name: 'cache' },
    ],
  };
  const merged = merge(two, theirs, yours);
  expect(merged.conflicts).toEqual([]);
  expect((merged.value as typeof base).upstreams.map(({ name, policy }) => `${name} ${policy}`)).toEqual([
    'main client-address',
    'files round-robin',
    'cache round-robin',
    'logs round-robin',
  ]);
  const removed = merge(
    two,
    { ...two, upstreams: [main] },
    {
      ...two,
      upstreams: [main, { ...main, name: 'files', scheme: 'https' }],
    },
  );
  expect(removed.conflicts.map(({ path, theirs: gone }) => [path, gone])).toEqual([
    ['upstreams[files]', undefined],
  ]);
});

test('values of different kinds, and lists that a side put in another order, are one conflict', () => {
  const files = { mode: 'files', certificate: '/a', key: '/b' };
  const tls = merge(base, { ...base, tls: files }, { ...base, tls: { mode: 'none' } });
  expect(tls.conflicts.map(({ path }) => path)).toEqual(['tls']);
  const names = { ...base, hostnames: ['a.test', 'b.test'] };
  const order = merge(
    names,
    { ...names, hostnames: ['b.test', 'a.test'] },
    { ...names, hostnames: ['a.test', 'b.test', 'c.test'] },
  );
  expect(order.conflicts.map(({ path }) => path)).toEqual(['hostnames']);
});

test('property: who changed nothing loses nothing and costs nothing', () => {
  fc.assert(
    fc.property(siteArbitrary, siteArbitrary, (a, b) => {
      expect(merge(a, b, a)).toEqual({ value: b, conflicts: [] });
      expect(merge(a, a, b)).toEqual({ value: b, conflicts: [] });
      expect(merge(a, b, b)).toEqual({ value: b, conflicts: [] });
    }),
  );
});

test('property: the sides can be swapped; with their choices too', () => {
  fc.assert(
    fc.property(siteArbitrary, siteArbitrary, siteArbitrary, (a, b, c) => {
      const one = merge(a, b, c);
      const other = merge(a, c, b);
      expect(other.conflicts.map(({ path }) => path).sort()).toEqual(
        one.conflicts.map(({ path }) => path).sort(),
      );
      const yours = new Map(one.conflicts.map(({ path }) => [path, 'yours' as const]));
      expect(sameJson(merge(a, b, c, yours).value, other.value)).toBe(true);
      if (one.conflicts.length === 0) expect(sameJson(one.value, other.value)).toBe(true);
    }),
  );
});

test('property: nothing is lost: a field that only one side changed has that side’s value', () => {
  fc.assert(
    fc.property(siteArbitrary, siteArbitrary, siteArbitrary, (a, b, c) => {
      const { value } = merge(a, b, c);
      for (const key of Object.keys(a) as (keyof typeof a)[]) {
        const got = (value as typeof a)[key];
        if (sameJson(a[key], c[key])) expect(got).toEqual(b[key]);
        else if (sameJson(a[key], b[key])) expect(got).toEqual(c[key]);
      }
    }),
  );
});

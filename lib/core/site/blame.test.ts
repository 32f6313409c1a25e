import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultSite } from '../presets/default-site';
import { blame } from './blame';
import { siteArbitrary } from './testing/site-arbitrary';

const base = defaultSite('generic', 'ci', 'ci.example.com');
const of = (path: string, revisions: Parameters<typeof blame>[0]) =>
  blame(revisions).find((each) => each.path === path)?.revision;

test('each field names the revision that last changed it, also where it was changed back', () => {
  const revisions = [
    { number: 4, document: { ...base, limits: { bodySizeMib: 16 }, http3: true } },
    { number: 3, document: { ...base, limits: { bodySizeMib: 64 }, http3: true } },
    { number: 2, document: { ...base, limits: { bodySizeMib: 16 }, http3: true } },
    { number: 1, document: base },
  ];
  expect(of('limits.bodySizeMib', revisions)).toBe(4);
  expect(of('http3', revisions)).toBe(2);
  expect(of('name', revisions)).toBe(1);
});

test('a new element before the others leaves theirs alone', () => {
  const [main] = base.upstreams;
  const revisions = [
    { number: 2, document: { ...base, upstreams: [{ ...main, name: 'new' }, main] } },
    { number: 1, document: base },
  ];
  expect(of('upstreams[main].scheme', revisions)).toBe(1);
  expect(of('upstreams[new].scheme', revisions)).toBe(2);
});

test('what the form fills in by itself is told from what somebody set', () => {
  const found = blame([{ number: 1, document: { ...base, http3: true } }]);
  const isDefault = (path: string) => found.find((each) => each.path === path)?.isDefault;
  expect(isDefault('http3')).toBe(false);
  expect(isDefault('http2')).toBe(true);
  expect(isDefault('hostnames[ci.example.com]') ?? isDefault('hostnames')).toBe(false);
  expect(found.filter((each) => !each.isDefault).length).toBeLessThan(found.length / 2);
});

test('property: saving the same again blames nothing on it', () => {
  fc.assert(
    fc.property(siteArbitrary, siteArbitrary, (a, b) => {
      const two = [
        { number: 2, document: b },
        { number: 1, document: a },
      ];
      const three = [{ number: 3, document: b }, ...two];
      expect(blame(three)).toEqual(blame(two));
    }),
  );
});

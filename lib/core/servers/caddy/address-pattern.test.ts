import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressPattern } from './address-pattern';

const matches = (range: string, address: string) => {
  const pattern = addressPattern(range);
  // JavaScript has no inline flags; RE2 does.
  return pattern !== null && new RegExp(`^(?:${pattern.replaceAll('(?i:', '(?:')})$`, 'i').test(address);
};

const toNumber = (address: string) => address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);

test('an IPv4 range matches its addresses and no other', () => {
  fc.assert(
    fc.property(
      fc.ipV4(),
      fc.integer({ min: 0, max: 32 }),
      fc.ipV4(),
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      (base, bits, other, offset) => {
        const size = 2 ** (32 - bits);
        const first = Math.floor(toNumber(base) / size) * size;
        const inside = first + (offset % size);
        const text = [24, 16, 8, 0].map((shift) => Math.floor(inside / 2 ** shift) % 256).join('.');
        expect(matches(`${base}/${bits}`, text)).toBe(true);
        expect(matches(`${base}/${bits}`, other)).toBe(Math.floor(toNumber(other) / size) * size === first);
      },
    ),
  );
});

test('IPv6: single addresses and ranges of whole groups; what text cannot tell is left alone', () => {
  expect(matches('::1', '::1')).toBe(true);
  expect(matches('2001:DB8::5', '2001:db8::5')).toBe(true);
  expect(matches('2001:db8::/32', '2001:db8::5')).toBe(true);
  expect(matches('2001:db8::/32', '2001:0db8:1::5')).toBe(true);
  expect(matches('2001:db8::/32', '2001:db80::5')).toBe(false);
  expect(matches('2001:db8::/32', '12001:db8::5')).toBe(false);
  for (const range of ['fe80::/10', '::/16', '2001:db8::/48', '2001:db8::/0'])
    expect(addressPattern(range)).toBeNull();
});

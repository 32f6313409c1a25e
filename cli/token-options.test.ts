import { expect, test } from 'vitest';
import { scopePresets } from '#core/access/scope-presets';
import { CommandError } from './exit-code';
import { readTokenExpiry, readTokenScopes } from './token-options';

test('--scope takes a preset or permissions, and nothing that only looks like one', () => {
  expect(readTokenScopes(undefined)('admin')).toEqual(readTokenScopes(['read'])('admin'));
  expect(readTokenScopes(['all'])('viewer')).toBeNull();
  for (const { id, scopes } of scopePresets) expect(readTokenScopes([id])('admin')).toEqual(scopes);
  expect(readTokenScopes(['apply'])('viewer')).toEqual(readTokenScopes(['read'])('viewer'));
  expect(readTokenScopes(['sites.read,drift.read', 'sites.read'])('viewer')).toEqual([
    'sites.read',
    'drift.read',
  ]);
  for (const wrong of [['admin'], ['sites.*'], ['read', 'sites.write'], ['sites.read', 'all']]) {
    expect(() => readTokenScopes(wrong)).toThrow(CommandError);
  }
});

test('--expires takes days, an instant or never; without it the usual time holds', () => {
  const now = new Date('2026-01-01T00:00:00.000Z');
  expect(readTokenExpiry(undefined, now)).toBeUndefined();
  expect(readTokenExpiry('never', now)).toBeNull();
  expect(readTokenExpiry('30d', now)).toBe('2026-01-31T00:00:00.000Z');
  expect(readTokenExpiry('tomorrow', now)).toBe('tomorrow');
});

import { describe, expect, test } from 'vitest';
import { can, permissions } from './permissions';
import { Role } from './roles';
import { presetOf, scopePresets, scopesFor } from './scope-presets';
import { mayWith, readScopes, Scopes } from './scopes';

describe('scopes of an API token', () => {
  test('class "empty allow list" (CVE-2026-33032): a list without entries lets nobody do anything', () => {
    for (const permission of permissions) {
      expect(mayWith('admin', [], permission)).toBe(false);
      expect(mayWith('admin', readScopes([]), permission)).toBe(false);
      expect(mayWith('admin', readScopes('nonsense'), permission)).toBe(false);
    }
  });

  test('take away, and never add: no role does more with scopes than without', () => {
    for (const role of Role.options) {
      for (const permission of permissions) {
        expect(mayWith(role, null, permission)).toBe(can(role, permission));
        expect(mayWith(role, permissions, permission)).toBe(can(role, permission));
        expect(mayWith(role, [permission], permission)).toBe(can(role, permission));
        expect(mayWith(role, [], permission)).toBe(false);
        const others = permissions.filter((other) => other !== permission);
        expect(mayWith(role, others, permission)).toBe(false);
      }
    }
  });

  test('what is stored and not understood allows nothing', () => {
    expect(readScopes(null)).toBeNull();
    expect(readScopes(['sites.read', 'of.old', 7])).toEqual(['sites.read']);
    for (const odd of [{}, 'sites.read', 1, undefined, true]) expect(readScopes(odd)).toEqual([]);
  });

  test('a request names at least one, each once, and only permissions that exist', () => {
    expect(Scopes.safeParse(['sites.read', 'plans.read']).success).toBe(true);
    for (const wrong of [[], ['sites.read', 'sites.read'], ['everything'], 'sites.read']) {
      expect(Scopes.safeParse(wrong).success).toBe(false);
    }
  });
});

describe('presets of scopes', () => {
  test('each holds the one before it; reading ones change nothing', () => {
    const [read, plan, apply] = scopePresets.map(({ scopes }) => scopes ?? []);
    expect(plan).toEqual(expect.arrayContaining([...(read ?? [])]));
    expect(apply).toEqual(expect.arrayContaining([...(plan ?? [])]));
    expect(read?.every((permission) => permission.endsWith('.read'))).toBe(true);
    expect(plan).not.toContain('applies.run');
  });

  test('a token made from a preset is shown as that preset, whatever the role', () => {
    for (const role of Role.options) {
      for (const preset of scopePresets) {
        const shown = presetOf(scopesFor(preset, role), role);
        // Some presets are the same for a role that may not do more.
        expect(shown && scopesFor(shown, role)).toEqual(scopesFor(preset, role));
      }
      expect(presetOf(['sites.read'], role)).toBeNull();
    }
  });
});

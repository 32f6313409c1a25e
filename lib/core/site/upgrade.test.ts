import { describe, expect, test } from 'vitest';
import { upgradeSite } from './upgrade';

const steps = {
  1: (document: Readonly<Record<string, unknown>>) => ({ ...document, hosts: [document.host] }),
  2: ({ host: _host, ...rest }: Readonly<Record<string, unknown>>) => rest,
};

describe('stored documents of older versions', () => {
  test('go through every step up to the current version', () => {
    expect(upgradeSite({ schemaVersion: 1, host: 'a' }, steps, 3)).toEqual({
      ok: true,
      value: { schemaVersion: 3, hosts: ['a'] },
    });
    expect(upgradeSite({ schemaVersion: 3, hosts: ['a'] }, steps, 3)).toEqual({
      ok: true,
      value: { schemaVersion: 3, hosts: ['a'] },
    });
  });

  test('a newer document than the program is refused, so that nothing in it is lost', () => {
    expect(upgradeSite({ schemaVersion: 4 }, steps, 3)).toMatchObject({
      ok: false,
      error: [{ code: 'site.newer-version', path: ['schemaVersion'] }],
    });
  });

  test('anything else is refused without throwing', () => {
    for (const input of [
      null,
      undefined,
      1,
      'x',
      [],
      {},
      { schemaVersion: 'one' },
      { schemaVersion: 0 },
      { schemaVersion: 1.5 },
    ]) {
      expect(upgradeSite(input, steps, 3).ok).toBe(false);
    }
  });
});

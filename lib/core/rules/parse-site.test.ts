import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatPath } from '../format-path';
import { fullSites } from '../site/testing/full-site';
import { stringFields, withValue } from '../site/testing/string-fields';
import { parseSite } from './parse-site';

const base = {
  schemaVersion: 1,
  name: 'ci',
  preset: 'buildbot',
  hostnames: ['ci.example.com'],
  tls: { mode: 'self-signed' },
  upstreams: [{ servers: [{ address: '127.0.0.1', port: 8010 }] }],
};

const problems = (input: unknown) => {
  const parsed = parseSite(input);
  return parsed.ok ? [] : parsed.error.map(({ path, message }) => `${formatPath(path)}: ${message}`);
};

describe('parseSite', () => {
  test('a short document is completed', () => {
    const parsed = parseSite(base);
    expect(parsed).toMatchObject({
      ok: true,
      value: { httpsPort: 443, prefix: { mode: 'none' }, upstreams: [{ name: 'main' }] },
    });
  });

  test('full documents are valid and stay what they are', () => {
    for (const document of fullSites) {
      const once = parseSite(document);
      expect(once.ok ? [] : once.error).toEqual([]);
      if (once.ok) expect(parseSite(JSON.parse(JSON.stringify(once.value)))).toEqual(once);
    }
  });

  test('a wrong value names its field', () => {
    const port = withValue(base, ['upstreams', 0, 'servers', 0, 'port'], 70000);
    expect(problems(port)).toEqual(['upstreams[0].servers[0].port: must be 1 to 65535']);
    expect(problems({ ...base, hostnames: ['ci.example.com\nlisten 1'] })[0]).toMatch(
      /^hostnames\[0\]: must be a host name/,
    );
    expect(problems({ ...base, hostname: 'x' })).toEqual(['hostname: is not a known field']);
    expect(problems({ ...base, tls: undefined })[0]).toMatch(/^tls/);
    expect(problems({ ...base, preset: 'hudson' })[0]).toMatch(/^preset: /);
  });

  test('names that a web server would read in another way are refused', () => {
    const address = (value: string) =>
      problems(withValue(base, ['upstreams', 0, 'servers', 0, 'address'], value));
    for (const value of [
      'unix',
      '127.1',
      '0x7f000001',
      '1.2.3.4.5',
      '::ffff:1.2.3.4',
      'fe80::1%eth0',
      '*.x',
      'a_b',
      '-x',
      'localhost:80',
      '[::1]',
    ]) {
      expect(address(value).length, value).toBeGreaterThan(0);
    }
    for (const value of [
      '127.0.0.1',
      '::1',
      '2001:db8::5',
      'localhost',
      'build-1.example.internal',
      '1a.example',
    ]) {
      expect(address(value), value).toEqual([]);
    }
  });

  test('no text with control characters gets in anywhere', () => {
    const cases = fullSites.flatMap((document) => stringFields(document).map((path) => ({ document, path })));
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.constantFrom('\n', '\r', '\0', '\t', '\u001b', '\u007f', '\u0085', '\u2028', '\u2029', '\ud800'),
        ({ document, path }, character) => {
          for (const text of [`${character}x`, `x${character}y`, `x${character}`]) {
            expect(parseSite(withValue(document, path, text)).ok).toBe(false);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('anything at all is answered, never thrown', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(...Object.keys(base)), (value, key) => {
        expect(typeof parseSite(value).ok).toBe('boolean');
        expect(typeof parseSite({ ...base, [key]: value }).ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFingerprint, encodeHeader, encodeRequest, headerBytes } from './encode-request';
import { HelperRequest } from './protocol';

const sha = 'a'.repeat(64);
const site = '/etc/nginx/sites-available/gatehouse-a.conf';

describe('encodeRequest', () => {
  it('writes one line per change and the contents in the same order', () => {
    const request = HelperRequest.parse({
      verb: 'apply',
      applyId: 'apply-0001',
      holder: 'ada@example.com',
      holdSeconds: 60,
      startIfStopped: true,
      server: 'nginx',
      listeners: [{ port: 443, protocol: 'tcp' }],
      asks: [],
      certificates: [
        {
          certificatePath: '/etc/gatehouse/tls/a.crt',
          keyPath: '/etc/gatehouse/tls/a.key',
          hostnames: ['a.test', '*.a.test'],
        },
      ],
      changes: [
        {
          path: site,
          action: 'create',
          before: { kind: 'absent' },
          after: { kind: 'file', content: 'größe\n', sha256: sha, mode: 0o644 },
          role: 'site',
        },
        {
          path: `${site}2`,
          action: 'update',
          before: { kind: 'file', sha256: sha, mode: 0o600, owner: 'root', group: 'www-data' },
          after: { kind: 'file', content: 'x', sha256: sha, mode: 0o640 },
          role: 'shared',
        },
        {
          path: '/etc/nginx/sites-enabled/gatehouse-a.conf',
          action: 'create',
          before: { kind: 'link', target: '../old' },
          after: { kind: 'link', target: site },
          role: 'enable',
        },
        {
          path: '/etc/nginx/conf.d/gatehouse-b.conf',
          action: 'delete',
          before: { kind: 'other' },
          after: { kind: 'absent' },
          role: 'site',
        },
        {
          path: '/etc/nginx/conf.d/gatehouse-c.conf',
          action: 'noop',
          before: { kind: 'absent' },
          after: { kind: 'absent' },
          role: 'site',
        },
      ],
    });
    const { manifest, contents } = encodeRequest(request);
    expect(manifest.split('\n')).toEqual([
      'apply apply-0001',
      'holder ada@example.com',
      'hold 60',
      'start',
      'listen tcp 443',
      'server nginx',
      `put ${site} 644 0 8 ${sha} site absent`,
      `put ${site}2 640 8 1 ${sha} shared file:${sha}:600:root:www-data`,
      `link /etc/nginx/sites-enabled/gatehouse-a.conf ${site} enable link:../old`,
      'del /etc/nginx/conf.d/gatehouse-b.conf site other',
      'keep /etc/nginx/conf.d/gatehouse-c.conf site absent',
      'cert /etc/gatehouse/tls/a.crt /etc/gatehouse/tls/a.key a.test,*.a.test',
      '',
    ]);
    expect(Buffer.concat(contents).toString()).toBe('größe\nx');
  });

  it('makes a header of always the same length', () => {
    fc.assert(
      fc.property(fc.nat(33_554_432), fc.constantFrom('apply', 'preflight', 'facts'), (bytes, verb) => {
        const header = encodeHeader({
          verb,
          nonce: 'f'.repeat(32),
          manifestBytes: bytes,
          totalBytes: bytes,
          sha256: sha,
        });
        expect(Buffer.byteLength(header)).toBe(headerBytes);
        expect(header.endsWith('\n')).toBe(true);
      }),
    );
  });

  it('lets no name or target through that could add a word or a line to the manifest', () => {
    const file = (owner: string) =>
      encodeFingerprint({ kind: 'file', sha256: sha, mode: 0o644, owner, group: 'root' });
    for (const bad of ['a b', 'a\nput /etc/passwd', 'a:b', '']) {
      expect(() => file(bad)).toThrow(RangeError);
      expect(() => encodeFingerprint({ kind: 'link', target: bad.replace(':', ' ') })).toThrow(RangeError);
    }
  });

  it('refuses paths outside of the plain alphabet before anything is sent', () => {
    const read = (path: string) => HelperRequest.safeParse({ verb: 'read', paths: [path] }).success;
    expect(read('/etc/nginx/nginx.conf')).toBe(true);
    for (const bad of [
      'etc/x',
      '/etc/../shadow',
      '/etc/./x',
      '/etc//x',
      '/etc/a b',
      '/etc/a\nb',
      '/etc/$(id)',
      '/etc/x/',
      `/${'a'.repeat(300)}`,
    ]) {
      expect(read(bad), bad).toBe(false);
    }
  });
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { describe, expect, it } from 'vitest';
import { generateKeyPair, parsePrivateKey } from './private-key';

/** Keys as people have them: made by the real ssh-keygen. */
function sshKeygen(...options: string[]): { privateKey: string; publicKey: string } {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-key-'));
  try {
    const path = join(directory, 'key');
    execFileSync('ssh-keygen', ['-q', '-C', 'me@here', '-f', path, ...options]);
    return { privateKey: readFileSync(path, 'utf8'), publicKey: readFileSync(`${path}.pub`, 'utf8').trim() };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const codeOf = (text: string, passphrase?: string) => {
  const parsed = parsePrivateKey(text, passphrase);
  return parsed.ok ? 'ok' : parsed.error.code;
};

describe('parsePrivateKey', () => {
  it.each([
    ['ed25519', ['-t', 'ed25519']],
    ['RSA', ['-t', 'rsa', '-b', '2048']],
    ['ECDSA', ['-t', 'ecdsa', '-b', '384']],
    ['RSA in PEM form', ['-t', 'rsa', '-b', '2048', '-m', 'PEM']],
  ])('reads %s keys, with and without passphrase', (_name, options) => {
    const open = sshKeygen(...options, '-N', '');
    expect(parsePrivateKey(open.privateKey)).toMatchObject({
      ok: true,
      value: { publicKey: expect.stringContaining(open.publicKey.split(' ')[1] ?? '?') },
    });
    const locked = sshKeygen(...options, '-N', 'correct horse');
    expect(codeOf(locked.privateKey)).toBe('passphrase-missing');
    expect(codeOf(locked.privateKey, 'wrong')).toBe('passphrase-wrong');
    expect(codeOf(locked.privateKey, 'correct horse')).toBe('ok');
  });

  it('says what is wrong with everything else, and never quotes the key', () => {
    const { privateKey, publicKey } = sshKeygen('-t', 'ed25519', '-N', '');
    expect(codeOf(publicKey)).toBe('public-key');
    expect(codeOf('hello')).toBe('not-a-key');
    expect(codeOf('')).toBe('not-a-key');
    const cut = privateKey.split('\n').slice(0, 3).join('\n');
    const parsed = parsePrivateKey(cut);
    expect(parsed.ok).toBe(false);
    expect(JSON.stringify(parsed)).not.toContain(privateKey.split('\n')[1]);
    expect(codeOf(privateKey.replace(/\n(.{20})/, '\nAAAAAAAAAAAAAAAAAAAA'))).toBe('damaged');
  });

  it('accepts what a copy and paste does to line ends', () => {
    const { privateKey } = sshKeygen('-t', 'ed25519', '-N', '');
    expect(codeOf(`\n  ${privateKey.replaceAll('\n', '\r\n')}  `)).toBe('ok');
  });

  it('makes keys that ssh-keygen agrees with', () => {
    const pair = generateKeyPair('gatehouse@team one');
    const directory = mkdtempSync(join(tmpdir(), 'gatehouse-key-'));
    try {
      const path = join(directory, 'key');
      execFileSync('sh', ['-c', 'umask 077; cat >"$1"', 'sh', path], { input: pair.privateKey });
      expect(execFileSync('ssh-keygen', ['-y', '-f', path]).toString().trim().split(' ')[1]).toBe(
        pair.publicKey.split(' ')[1],
      );
      expect(execFileSync('ssh-keygen', ['-lf', path]).toString().split(' ')[1]).toBe(pair.fingerprint);
      expect(pair.publicKey.endsWith(' gatehouse@team-one')).toBe(true);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('makes no key that cannot be read: of the library’s own one in 256 cannot', () => {
    const own = Array.from({ length: 2000 }, () => ssh2.utils.generateKeyPairSync('ed25519').private);
    expect(own.filter((text) => !parsePrivateKey(text).ok)).not.toEqual([]);
    for (let count = 0; count < 2000; count += 1)
      expect(parsePrivateKey(generateKeyPair('k').privateKey)).toMatchObject({ ok: true });
  });
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fingerprintCommand, installKeyCommand, installKeyOverSshCommand, shellWord } from './authorized-key';

const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKfake gatehouse it's $(touch x) `y`";

test('the command that people paste installs the key and nothing else, in a real shell', () => {
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-key-'));
  try {
    const run = () =>
      execFileSync('sh', ['-c', installKeyCommand(`${key}\n`)], {
        cwd: home,
        env: { HOME: home, PATH: '/usr/bin:/bin', NODE_ENV: 'test' },
      });
    run();
    run();
    expect(readFileSync(join(home, '.ssh/authorized_keys'), 'utf8')).toBe(`${key}\n${key}\n`);
    expect(statSync(join(home, '.ssh')).mode & 0o777).toBe(0o700);
    expect(statSync(join(home, '.ssh/authorized_keys')).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(home, { recursive: true });
  }
});

test('a word comes out of a shell as it went in', () => {
  for (const word of [key, '', 'a b', "'", '\\', '"$HOME"', 'web1.example.com']) {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(word)}`]).toString()).toBe(word);
  }
});

test('from another machine: port only where it is not the usual one', () => {
  expect(installKeyOverSshCommand('ssh-ed25519 AAAA', 'deploy', '10.0.0.1', 22)).toMatch(
    /^ssh deploy@10\.0\.0\.1 '/,
  );
  expect(installKeyOverSshCommand('ssh-ed25519 AAAA', 'deploy', '10.0.0.1', 2222)).toMatch(
    /^ssh -p 2222 deploy@/,
  );
});

test('the fingerprint command names the file of the key that was seen', () => {
  expect(fingerprintCommand('ssh-ed25519')).toBe('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub');
  expect(fingerprintCommand('ecdsa-sha2-nistp256')).toContain('ssh_host_ecdsa_key.pub');
  expect(fingerprintCommand('rsa-sha2-512')).toContain('ssh_host_rsa_key.pub');
});

import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { forgetSingletons } from '../singleton';
import { decrypt, encrypt } from './cipher';
import { secretContext } from './seal-secret';
import { secretKey } from './secret-key';

const key = randomBytes(32);
const row = { id: 'a', teamId: 't', purpose: 'ssh-key' };

test('what was encrypted opens again, and twice the same text looks different', () => {
  const [one, two] = [encrypt(key, 'text ü', 'c'), encrypt(key, 'text ü', 'c')];
  expect(decrypt(key, one, 'c')).toBe('text ü');
  expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false);
});

test('a secret does not open under another key, as another row, in another team or for another purpose', () => {
  const sealed = encrypt(key, 'text', secretContext(row));
  expect(() => decrypt(randomBytes(32), sealed, secretContext(row))).toThrow();
  for (const other of [
    { ...row, id: 'b' },
    { ...row, teamId: 'u' },
    { ...row, purpose: 'x' },
  ]) {
    expect(() => decrypt(key, sealed, secretContext(other))).toThrow();
  }
});

test('a single changed bit anywhere is noticed', () => {
  const sealed = encrypt(key, 'text', 'c');
  for (let index = 0; index < sealed.length; index += 1) {
    const damaged = Uint8Array.from(sealed);
    damaged[index] = (damaged[index] ?? 0) ^ 1;
    expect(() => decrypt(key, damaged, 'c')).toThrow();
  }
});

let dir: string;
const made: string[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gatehouse-key-test-'));
  made.push(dir);
  chmodSync(dir, 0o700);
  process.env.GATEHOUSE_DATA_DIR = dir;
  forgetSingletons();
});
afterAll(() => {
  for (const each of made) rmSync(each, { recursive: true, force: true });
});

test('the key file is made once, for its owner alone', () => {
  const { id } = secretKey();
  const file = join(dir, 'secret.key');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const text = readFileSync(file, 'utf8');
  forgetSingletons();
  expect(secretKey().id).toBe(id);
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('class "key file readable by others" (NPM #5791): refused, with the command that fixes it', () => {
  secretKey();
  forgetSingletons();
  chmodSync(join(dir, 'secret.key'), 0o640);
  expect(() => secretKey()).toThrow(`chmod 600 '${dir}/secret.key'`);
  chmodSync(join(dir, 'secret.key'), 0o600);
  chmodSync(dir, 0o755);
  expect(() => secretKey()).toThrow(`chmod 700 '${dir}'`);
});

test('a key file that is a link or too short is refused', () => {
  const real = join(dir, 'real');
  writeFileSync(real, randomBytes(32).toString('base64'), { mode: 0o600 });
  symlinkSync(real, join(dir, 'secret.key'));
  expect(() => secretKey()).toThrow('regular file');
  rmSync(join(dir, 'secret.key'));
  writeFileSync(join(dir, 'secret.key'), 'c2hvcnQ=', { mode: 0o600 });
  expect(() => secretKey()).toThrow('32 bytes');
});

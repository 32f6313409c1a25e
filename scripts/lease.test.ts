import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeLease } from './lease.mjs';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-lease-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** Another process that takes the directory and keeps it. */
async function holder() {
  const module = new URL('./lease.mjs', import.meta.url).href;
  const text = `import { takeLease } from ${JSON.stringify(module)};
takeLease(process.argv[1]);
console.log('held');
setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', text, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

it('is refused while another process has it, which is named', async () => {
  const child = await holder();
  expect(() => takeLease(dataDir)).toThrow(`process ${child.pid} on ${hostname()}, since 20`);
  child.kill('SIGSTOP');
  // One that was only stopped goes on later.
  expect(() => takeLease(dataDir)).toThrow(`process ${child.pid}`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const mine = takeLease(dataDir);
  expect(mine.isHeld()).toBe(true);
  mine.release();
  const again = takeLease(dataDir);
  again.release();
});

it('notices that the directory was replaced', () => {
  const mine = takeLease(dataDir);
  renameSync(join(dataDir, 'owner.lock'), join(dataDir, 'elsewhere'));
  expect(mine.isHeld()).toBe(false);
  const other = takeLease(dataDir);
  expect(other.isHeld()).toBe(true);
  expect(mine.isHeld()).toBe(false);
  mine.release();
  expect(other.isHeld()).toBe(true);
  other.release();
});

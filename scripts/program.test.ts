import { rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { program } from './program.mjs';

test('a program that root has made can be read by the account that runs it', async () => {
  const entry = 'scripts/server-only-stub.ts';
  rmSync(dirname(await program(entry)), { recursive: true });
  const made = await program(entry);
  for (const path of [made, dirname(made)]) {
    const wanted = 0o055 & ~process.umask() & (path === made ? 0o044 : 0o055);
    expect(statSync(path).mode & wanted, path).toBe(wanted);
  }
});

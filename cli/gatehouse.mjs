#!/usr/bin/env node
// The `gatehouse` command: makes sure that the clone can run, then hands over to the TypeScript program. Plain JavaScript, because it runs
// in a fresh clone.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { prepare, root, typescript } from '../scripts/prepare.mjs';

await prepare();
const { status, signal } = spawnSync(
  process.execPath,
  [...typescript('cli/main.ts'), ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      // Relative to where the person stands, as in every command; the default belongs to the clone, as for `npm start`.
      GATEHOUSE_DATA_DIR: process.env.GATEHOUSE_DATA_DIR
        ? resolve(process.env.GATEHOUSE_DATA_DIR)
        : resolve(root, 'data'),
      LOG_LEVEL: process.env.LOG_LEVEL || 'silent',
    },
  },
);
process.exit(status ?? (signal ? 1 : 0));

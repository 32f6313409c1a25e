#!/usr/bin/env node
// The `gatehouse` command: makes sure that the clone can run, then hands over to the TypeScript program. Plain JavaScript, because it runs
// in a fresh clone.
import { resolve } from 'node:path';
import { prepare, root } from '../scripts/prepare.mjs';
import { program } from '../scripts/program.mjs';

await prepare();
// Relative to the current directory, as in every command; the default belongs to the clone, as for `npm start`.
process.env.GATEHOUSE_DATA_DIR = process.env.GATEHOUSE_DATA_DIR
  ? resolve(process.env.GATEHOUSE_DATA_DIR)
  : resolve(root, 'data');
process.env.LOG_LEVEL ||= 'silent';
await import(await program('cli/main.ts'));

import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import type { Rendering } from '../types';
import { caddyDriver, place, program } from './caddy-driver';
import { describeSyntax } from './syntax-suite';

const run = promisify(execFile);

/** The shape of the configuration that `caddy adapt` makes of our files: its keys (loggers have host names as keys) and the lengths of its lists. */
async function understood(rendering: Rendering, directory: string): Promise<unknown> {
  await mkdir(directory);
  const main = await place(rendering, directory);
  const { stdout } = await run(program, ['adapt', '--config', main, '--adapter', 'caddyfile'], {
    maxBuffer: 1 << 26,
  });
  const adapted: unknown = JSON.parse(stdout);
  return shape(adapted);
}

function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !['gatehouse_brace', 'gatehouse_backslash', 'http_port'].includes(key))
      .map(([key, entry]) => [
        key,
        key === 'logger_names' ? Object.keys(Object(entry)).length : shape(entry),
      ]),
  );
}

describe('the real Caddy accepts without a warning', () => {
  describeSyntax({
    driver: caddyDriver,
    versions: [],
    users: 'alice $2b$04$o.P4ww7N2YCWm8AsGME9..QfXv3gz4suo0g1sTsaq.C9CUeyjX0s.\n',
    understood,
    meant: (_rendering, usual) => usual,
  });
});

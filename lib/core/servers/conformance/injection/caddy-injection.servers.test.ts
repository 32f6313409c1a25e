import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import type { Rendering } from '../../types';
import { caddyDriver, place, program, shortLived } from '../caddy-driver';
import { describeInjection } from './injection-suite';
import { wireScenario } from './wire-scenario';

const run = promisify(execFile);

/** What `caddy adapt` makes of the files: every key and the length of every list, values by their kind. Caddy mixes the sites of a port, so it is one reading. */
async function read(rendering: Rendering, directory: string): Promise<ReadonlyMap<string, string>> {
  await mkdir(directory, { recursive: true });
  const main = await place(rendering, directory);
  const args = ['adapt', '--config', main, '--adapter', 'caddyfile'];
  const { stdout } = await run(program, args, { maxBuffer: 1 << 28, env: { ...process.env, ...shortLived } });
  const whole = JSON.stringify(shape(JSON.parse(stdout)));
  return new Map(rendering.files.flatMap(({ site }) => (site === null ? [] : [[site, whole] as const])));
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

describe('injection into Caddy', () => {
  describeInjection({
    driver: caddyDriver,
    users: 'alice $2b$04$o.P4ww7N2YCWm8AsGME9..QfXv3gz4suo0g1sTsaq.C9CUeyjX0s.\n',
    batch: 6,
    usualCount: 20_000,
    loads: () => true,
    read,
  });
  wireScenario(caddyDriver);
});

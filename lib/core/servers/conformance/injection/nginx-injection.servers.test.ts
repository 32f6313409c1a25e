import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import { parseConfig, wordCount } from '../../nginx/testing/parse-config';
import type { Rendering } from '../../types';
import { nginxDriver, place, program } from '../nginx-driver';
import type { ParsedDirective } from '../parsed-directive';
import { describeInjection } from './injection-suite';
import { tokensOf } from './nginx-tokens';
import { wireScenario } from './wire-scenario';

const run = promisify(execFile);

/** Directives and blocks by site in the files that nginx says it has read (`nginx -T`); it must have read no others, and without a warning. */
async function read(rendering: Rendering, directory: string): Promise<ReadonlyMap<string, string>> {
  await mkdir(directory, { recursive: true });
  const main = await place(rendering, directory);
  // Many names on one machine need a larger table, which the machine's own nginx.conf sets.
  const table = 'http {\n  server_names_hash_max_size 8192;\n  server_names_hash_bucket_size 256;';
  await writeFile(main, (await readFile(main, 'utf8')).replace('http {', table));
  const { stdout, stderr } = await run(program, ['-T', '-c', main], { maxBuffer: 1 << 28 });
  // Hundreds of sites at once have more variables than nginx's table of them was made for; it works, only slower.
  const noise = stderr
    .split('\n')
    .filter((line) => !line.includes('could not build optimal variables_hash'))
    .filter((line) => /\[(?:warn|error|emerg|alert|crit)\]/.test(line));
  if (noise.length > 0) throw new Error(noise.slice(0, 3).join('\n'));
  const owners = new Map(
    rendering.files.flatMap(({ kind, path, site }) =>
      kind === 'file' ? [[basename(path), site] as const] : [],
    ),
  );
  const found = new Map<string, string>();
  for (const part of stdout.split(/^# configuration file (?=\/)/m).slice(1)) {
    const end = part.indexOf(':\n');
    const path = part.slice(0, end);
    if (path === main) continue;
    const site = owners.get(basename(path));
    if (site === undefined || !path.startsWith(`${directory}/`)) throw new Error(`nginx reads ${path}`);
    if (site !== null) found.set(site, shape(parseConfig(part.slice(end + 2))));
  }
  return found;
}

/** Sorted, because longer paths stand before shorter ones. Other spellings of a header are removed too, and a name decides how many there are. */
function shape(directives: readonly ParsedDirective[]): string {
  const shapes = directives
    .filter(({ words }) => !(words[0] === 'proxy_set_header' && words[2] === ''))
    .map(({ words, block }) => JSON.stringify([words[0], wordCount(words), block && shape(block)]));
  return JSON.stringify(shapes.sort());
}

describe('injection into nginx', () => {
  describeInjection({
    driver: nginxDriver,
    users: 'alice:$apr1$x$y\n',
    batch: 120,
    usualCount: 20_000,
    // A name that does not resolve is refused for good reason.
    loads: ({ path }) => path.at(-1) !== 'address',
    read,
    compare: tokensOf,
  });
  wireScenario(nginxDriver);
});

import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import type { Rendering } from '../../types';
import { apacheDriver, modulesDirectory, place, program } from '../apache-driver';
import { describeInjection } from './injection-suite';
import { wireScenario } from './wire-scenario';

const run = promisify(execFile);

/** Names of directives and sections in their order, by site, as httpd itself found them (`-D DUMP_CONFIG` of mod_info), and its own list of vhosts. */
async function read(rendering: Rendering, directory: string): Promise<ReadonlyMap<string, string>> {
  await mkdir(directory, { recursive: true });
  const main = await place(rendering, directory);
  const more = ['info', 'reqtimeout'].map(
    (name) => `LoadModule ${name}_module ${modulesDirectory}/mod_${name}.so\n`,
  );
  await writeFile(main, more.join('') + (await readFile(main, 'utf8')));
  const args = ['-t', '-D', 'DUMP_CONFIG', '-D', 'DUMP_VHOSTS', '-f', main];
  const { stdout } = await run(program, args, { maxBuffer: 1 << 28 });
  const owners = new Map(
    rendering.files.flatMap(({ path, site }) => (site === null ? [] : [[basename(path), site] as const])),
  );
  const found = new Map<string, string[]>([...owners.values()].map((site) => [site, []]));
  const vhosts = [...stdout.matchAll(/\((\S+\/sites\/([^/\s]+)):(\d+)\)/g)];
  for (const [, , file = '', line] of vhosts)
    found.get(owners.get(file) ?? '')?.push(`vhost of line ${line}`);
  let ours: string[] | undefined;
  for (const line of stdout.split('\n')) {
    const file = /^\s*# In file: (.*)$/.exec(line)?.[1];
    if (file !== undefined) {
      if (!file.startsWith(`${directory}/`)) throw new Error(`httpd reads ${file}`);
      ours = found.get(owners.get(basename(file)) ?? '');
    } else if (/^\s*#\s+\d+:$/.test(line) || line.trim() === '') continue;
    else ours?.push(/^\s*<?\/?[A-Za-z0-9]+/.exec(line)?.[0] ?? line);
  }
  return new Map([...found].map(([site, lines]) => [site, lines.sort().join('\n')]));
}

describe('injection into Apache', () => {
  describeInjection({
    driver: apacheDriver,
    users: 'alice:$apr1$x$y\n',
    batch: 100,
    usualCount: 20_000,
    loads: () => true,
    read,
  });
  wireScenario(apacheDriver);
});

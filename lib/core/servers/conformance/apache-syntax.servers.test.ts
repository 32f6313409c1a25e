import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import type { Rendering } from '../types';
import { apacheDriver, modulesDirectory, place, program } from './apache-driver';
import { describeSyntax } from './syntax-suite';

const run = promisify(execFile);

/** Every line of our files with the directive that httpd itself found on it (`-D DUMP_CONFIG` of mod_info). */
async function understood(rendering: Rendering, directory: string): Promise<readonly string[]> {
  await mkdir(directory);
  const main = await place(rendering, directory);
  const text = await readFile(main, 'utf8');
  const more = ['info', 'reqtimeout'].map(
    (name) => `LoadModule ${name}_module ${modulesDirectory}/mod_${name}.so\n`,
  );
  await writeFile(main, more.join('') + text);
  const { stdout } = await run(program, ['-t', '-D', 'DUMP_CONFIG', '-f', main], { maxBuffer: 1 << 26 });
  const found: string[] = [];
  let ours = false;
  let number = '';
  for (const line of stdout.split('\n')) {
    const file = /^\s*# In file: (.*)$/.exec(line);
    const at = /^\s*#\s+(\d+):$/.exec(line);
    if (file) ours = file[1]?.includes('/sites/') ?? false;
    else if (at) number = at[1] ?? '';
    else if (ours && !/^\s*<\//.test(line) && line.trim() !== '')
      found.push(`${number} ${/^\s*<?(\w+)/.exec(line)?.[1]}`);
  }
  return found;
}

/** The same, as we wrote it. */
function meant(rendering: Rendering): readonly string[] {
  return rendering.files.flatMap((file) =>
    file.kind === 'file' && file.role === 'site'
      ? file.content.split('\n').flatMap((line, index) => {
          const name = /^\s*<?([A-Za-z]+)/.exec(line)?.[1];
          // Sections that are judged while the file is read leave no trace, only what is in them.
          return name === undefined || ['IfModule', 'Define'].includes(name) ? [] : [`${index + 1} ${name}`];
        })
      : [],
  );
}

describe('the real Apache accepts without a warning', () => {
  describeSyntax({
    driver: apacheDriver,
    versions: ['2.4.37', '2.4.46', null],
    users: 'alice:$apr1$x$y\n',
    understood,
    meant,
  });
});

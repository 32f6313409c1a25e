import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { parseConfig } from '../../nginx/testing/parse-config';
import type { Rendering } from '../../types';
import { program } from '../nginx-driver';
import { type AcceptedCase, placeOf } from './injection-suite';

const run = promisify(execFile);
const linesAtOnce = 2000;
/** A line of nginx's log ends at 2048 bytes. */
const longestEcho = 1500;

interface Line {
  readonly one: AcceptedCase;
  /** Words of a line that a hostile text changed, just as they are in the file. */
  readonly words: string;
}

/**
 * Asks nginx itself how it splits every line that a hostile text changed. It warns of each word that occurs twice in `gzip_types`, as it has read it and
 * with the line, so the words of a line twice over come back one by one.
 */
export async function tokensOf(
  pairs: readonly { readonly one: AcceptedCase; readonly own: Rendering; readonly twin: Rendering }[],
  directory: string,
): Promise<void> {
  const lines = pairs.flatMap(({ one, own, twin }) =>
    changed(textOf(own), textOf(twin)).map((words) => ({ one, words })),
  );
  // A single star ends the list, and nothing that was typed is one.
  const told = lines.filter(({ words }) => !/(?:^|\s)\*(?:\s|$)/.test(words));
  expect(told.length).toBeGreaterThan(0);
  await mkdir(`${directory}/tokens`);
  for (let at = 0; at < told.length; at += linesAtOnce)
    await ask(told.slice(at, at + linesAtOnce), `${directory}/tokens`);
}

const textOf = ({ files }: Rendering): readonly string[] =>
  files.flatMap((file) => (file.kind === 'file' && file.role === 'site' ? file.content.split('\n') : []));

function changed(own: readonly string[], twin: readonly string[]): readonly string[] {
  const usual = new Set(twin);
  return own
    .filter((line) => !usual.has(line) && !/^\s*#/.test(line))
    .map((line) => line.trim())
    .filter((line) => line.endsWith(';') || line.endsWith('{'))
    .map((line) => line.slice(0, -1).trim());
}

async function ask(lines: readonly Line[], directory: string): Promise<void> {
  const main = `${directory}/nginx.conf`;
  const servers: string[] = [];
  for (let at = 0; at < lines.length; at += 50) {
    const places = lines
      .slice(at, at + 50)
      .map(({ words }, index) => `location = /${index} { gzip_types text/html ${words} ${words}; }`);
    servers.push(`server { listen unix:${directory}/s; server_name n${at};\n${places.join('\n')}\n}`);
  }
  await writeFile(
    main,
    `pid ${directory}/pid;\nevents {}\nhttp {\naccess_log off;\nserver_names_hash_max_size 8192;\n${servers.join('\n')}\n}\n`,
  );
  // Everything is read before it says that the table of these types has no room for long words.
  const stderr = await run(program, ['-t', '-c', main], { maxBuffer: 1 << 28 }).then(
    (output) => output.stderr,
    (problem: { stderr?: string }) => problem.stderr ?? '',
  );
  const refusals = stderr.split('\n').filter((line) => /\[(?:emerg|crit|alert|error)\]/.test(line));
  expect(refusals.filter((line) => !line.includes('could not build test_types_hash'))).toEqual([]);
  const said = new Map<number, string[]>();
  for (const [, word = '', line] of stderr.matchAll(/duplicate MIME type "(.*)" in \S+:(\d+)$/gm)) {
    const list = said.get(Number(line)) ?? [];
    said.set(Number(line), [...list, word]);
  }
  const first = 7;
  lines.forEach(({ one, words }, index) => {
    const number = first + index + 2 * Math.floor(index / 50);
    if (words.length > longestEcho) return;
    expect(said.get(number), `${placeOf(one)} in ${words}`).toEqual(echoOf(words));
  });
}

/** What nginx must say of a line, by our own reading of it. */
function echoOf(words: string): readonly string[] {
  const [directive, ...more] = parseConfig(`${words};`);
  expect([more.length, directive?.block]).toEqual([0, null]);
  const own = (directive?.words ?? []).map((word) => word.replaceAll(/[A-Z]/g, (char) => char.toLowerCase()));
  const seen = new Set(['text/html']);
  return ['text/html', ...own, ...own].filter((word) => seen.size === seen.add(word).size);
}

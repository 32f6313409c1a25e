import { mkdir, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { ServerDriver } from '../driver';
import { values } from '../message';
import { exchange, type Reply } from '../raw-client';
import { onStage, type Places, type Stage, siteInput } from '../stage';
import { alice, usersFile } from '../users-file';
import {
  innocent,
  mostGenerousReading,
  type Outcome,
  pathOf,
  type RuleName,
  rules,
  spellings,
} from './table';

const name = 'ci.example.com';
const [user, password] = alice;

/** Asks a real server for every rule in every spelling; what it answers must be what the table says, and the table is printed. */
export function describeSpellings(driver: ServerDriver): void {
  test('every rule in every spelling', () =>
    onStage(
      driver,
      (places) => documents(places, driver),
      async (stage) => {
        const rows: Record<string, Record<string, string>> = {};
        const wrong: string[] = [];
        for (const { title, write, deny, others } of spellings) {
          const row: Record<string, string> = {};
          for (const rule of rules) {
            const target = write(pathOf(rule));
            const expected = rule === 'deny' ? deny : others;
            const before = stage.upstream.seen.length;
            const outcome = outcomeOf(rule, await ask(stage, rule, target));
            row[rule] = outcome;
            if (outcome !== expected)
              wrong.push(`${rule}, ${title} (${target}): ${outcome}, not ${expected}`);
            for (const { line } of stage.upstream.seen.slice(before)) {
              const read = mostGenerousReading(line.split(' ')[1] ?? '');
              const closed = pathOf('deny');
              if (read.toLowerCase() === closed || read.toLowerCase().startsWith(`${closed}/`))
                wrong.push(`${rule}, ${title}: the application was asked for ${line}`);
            }
          }
          rows[title] = row;
        }
        process.stdout.write(`${driver.kind}\n${printed(rows)}\n`);
        expect(wrong).toEqual([]);
      },
    ));

  test('encoded characters of other paths arrive as they were sent', () =>
    onStage(
      driver,
      (places) => documents(places, driver),
      async (stage) => {
        for (const target of innocent) {
          const reply = await send(stage, 'GET', target, true);
          expect([target, reply.status]).toEqual([target, 200]);
          expect(JSON.parse(reply.body).line).toBe(`GET ${target} HTTP/1.1`);
        }
      },
    ));
}

async function documents(places: Places, driver: ServerDriver) {
  const directory = `${places.directory}/files`;
  await mkdir(directory, { recursive: true });
  await writeFile(`${directory}/x.txt`, 'a file');
  const match = (rule: RuleName) => ({ kind: 'prefix', path: `${pathOf(rule)}/` }) as const;
  return [
    siteInput(places, {
      preset: 'generic',
      rawUri: true,
      access: { auth: { mode: 'basic', realm: 'CI', usersFile: await usersFile(places, driver) } },
      upstreams: [
        { servers: [{ address: '127.0.0.1', port: places.app }] },
        { name: 'second', servers: [{ address: '127.0.0.1', port: places.other }] },
      ],
      locations: [
        { match: match('deny'), class: 'deny' },
        { match: match('bypass'), access: 'bypass' },
        { match: match('bypass-auth'), access: 'bypass-auth' },
        { match: match('static'), class: 'static', directory },
        { match: match('own upstream'), upstream: 'second' },
        { match: match('own limits'), limits: { bodySizeMib: 1 } },
      ],
    }),
  ];
}

/** Who is let in without a sign-in asks without one; all others sign in. */
const signsIn = (rule: RuleName) => rule !== 'bypass' && rule !== 'bypass-auth';

const ask = (stage: Stage, rule: RuleName, target: string) =>
  rule === 'own limits'
    ? send(stage, 'POST', target, true, 2 << 20)
    : send(stage, 'GET', target, signsIn(rule));

/** The request line goes out byte for byte; a body is announced and sent only if nobody refuses it by its length. */
function send(
  { secure }: Stage,
  method: string,
  target: string,
  signedIn: boolean,
  length = 0,
): Promise<Reply> {
  const lines = [
    `${method} ${target} HTTP/1.1`,
    `Host: ${name}`,
    ...(signedIn ? [`${user}: ${password}`] : []),
    ...(length > 0 ? [`Content-Length: ${length}`] : []),
    'Connection: close',
  ];
  return exchange(secure(name), `${lines.join('\r\n')}\r\n\r\n${'x'.repeat(length)}`);
}

function outcomeOf(rule: RuleName, { status, headers, body }: Reply): Outcome | string {
  if (status === 403) return 'denied';
  if (status === 400 || status === 404) return 'refused';
  switch (rule) {
    case 'deny':
      return status === 200 ? 'site' : `status ${status}`;
    case 'bypass':
    case 'bypass-auth':
      return status === 200 ? 'rule' : status === 401 ? 'site' : `status ${status}`;
    case 'static':
      return status === 200 && body === 'a file'
        ? 'rule'
        : status === 200 && fromMain(body)
          ? 'site'
          : `status ${status} ${values(headers, 'location')[0] ?? ''}`;
    case 'own upstream':
      return status !== 200 ? `status ${status}` : fromMain(body) ? 'site' : 'rule';
    case 'own limits':
      return status === 413 ? 'rule' : status === 200 ? 'site' : `status ${status}`;
  }
}

const fromMain = (body: string) => body.startsWith('{"upstream":"main"');

function printed(rows: Record<string, Record<string, string>>): string {
  const cell = (text: string) => text.padEnd(13);
  const lines = Object.entries(rows).map(
    ([title, row]) => title.padEnd(24) + rules.map((rule) => cell(row[rule] ?? '')).join(''),
  );
  return [' '.repeat(24) + rules.map(cell).join(''), ...lines].join('\n');
}

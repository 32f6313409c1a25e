import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import type { BodyInputOf } from '#api/operation';
import { checkSite } from '#core/rules/check-site';
import { siteArbitrary } from '#core/site/testing/site-arbitrary';
import { db } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import { sampleSite } from '#server/testing/sample-requests';
import {
  addMember,
  clientOf,
  problemOf,
  startTestServer,
  type TestServer,
} from '#server/testing/test-server';

const params = { team: 'ours' };
let server: TestServer;
let ada: ReturnType<typeof clientOf>;
let viewer: ReturnType<typeof clientOf>;
let grace: ReturnType<typeof clientOf>;
let target: string;

beforeAll(async () => {
  server = await startTestServer();
  const member = await addMember('ours', 'editor', 'ada@ours.test');
  ada = clientOf(server, member.token);
  viewer = clientOf(server, (await addMember('ours', 'viewer')).token);
  grace = clientOf(server, (await addMember('theirs', 'admin')).token);
  for (const [teamId, name] of [
    [member.team.id, 'web-1'],
    [(await db().team.findUniqueOrThrow({ where: { slug: 'theirs' } })).id, 'secret-host'],
  ] as const) {
    const made = await write(async (tx) => {
      const data = { teamId, name, transport: 'ssh', address: '192.0.2.1' };
      const host = await tx.host.create({ data });
      return tx.target.create({ data: { teamId, hostId: host.id, server: 'nginx' } });
    });
    if (name === 'web-1') target = made.id;
  }
});
afterAll(() => server.stop());

type Body = BodyInputOf<typeof contract.sites.import>;
const run = (body: Body, by = ada, team = 'ours') =>
  by.call(contract.sites.import, { params: { team }, body });
const dry = (text: string, more: Partial<Body> = {}) => run({ text, dryRun: true, ...more });
const exported = async (query: { format?: 'yaml' | 'json'; listId?: string; ids?: string } = {}) =>
  ada.call(contract.sites.export, { params, query });

const file = (...lines: string[]) => ['schemaVersion: 1', 'sites:', ...lines, ''].join('\n');
const site = (name: string, ...more: string[]) =>
  [
    `  - name: ${name}`,
    '    preset: generic',
    `    hostnames: [${name}.example.com]`,
    '    tls: { mode: self-signed }',
    '    upstreams: [{ servers: [{ address: 127.0.0.1, port: 8080 }] }]',
    ...more.map((line) => `    ${line}`),
  ].join('\n');

test('a dry run tells what would be done and does nothing; the real run does exactly that', async () => {
  const text = file(site('fresh', 'targets: [{ host: web-1, server: nginx }]'), site('other'));
  const before = await db().activity.count();
  const found = await dry(text, { list: 'From a file' });
  expect(found.counts).toEqual({ create: 2, update: 0, unchanged: 0, refused: 0 });
  expect(await db().site.count({ where: { name: 'fresh' } })).toBe(0);
  expect(await db().activity.count()).toBe(before);
  await run({ text, dryRun: false, digest: found.digest, message: 'moved here', list: 'From a file' });
  const { items } = await ada.call(contract.sites.list, { params, query: { search: 'fresh' } });
  expect(items).toMatchObject([
    { head: 1, targets: [{ targetId: target }], lists: [{ name: 'From a file' }] },
  ]);
  const revisions = await db().siteRevision.findMany({ where: { siteId: items[0]?.id ?? '' } });
  expect(revisions.map(({ message }) => message)).toEqual(['moved here']);
  expect((await dry(text)).counts.unchanged).toBe(2);
});

test('an update is told field by field and line by line', async () => {
  await importNow(file(site('grows', 'limits: { bodySizeMib: 16 }')));
  const found = await dry(
    file(site('grows', 'limits: { bodySizeMib: 64 }', 'targets: [{ host: web-1, server: nginx }]')),
  );
  expect(found.sites).toMatchObject([{ name: 'grows', action: 'update', head: 1, changeCount: 2 }]);
  expect(found.sites[0]?.changes.map(({ field, before, after }) => [field, before, after])).toEqual([
    ['Largest request body', '16 MiB', '64 MiB'],
    ['Targets web-1 (nginx)', null, 'web-1 (nginx)'],
  ]);
  expect(found.sites[0]?.text?.before).toContain('bodySizeMib: 16');
  expect(found.sites[0]?.text?.after).toContain('host: web-1');
});

async function importNow(text: string, more: Partial<Body> = {}) {
  const { digest } = await dry(text, more);
  return run({ text, dryRun: false, digest, ...more });
}

test('findings name the field and the line in the text', async () => {
  const text = file(
    site('lined', 'httpsPort: 70000'),
    site(
      'placed',
      'targets:',
      '  - host: web-1',
      '    server: nginx',
      '  - host: secret-host',
      '    server: nginx',
    ),
    site('misspelt', 'descripton: x'),
    site('lined'),
  );
  const { sites, counts } = await dry(text);
  expect(counts.refused).toBe(4);
  const lines = text.split('\n');
  const found = sites.flatMap(({ issues }) =>
    issues.map(({ line, path, code }) => [code, path.slice(1).join('.'), lines[(line ?? 0) - 1]?.trim()]),
  );
  expect(found).toEqual([
    ['schema.too_big', '0.httpsPort', 'httpsPort: 70000'],
    // Another team's host is a name that nobody here knows.
    ['site.no-target', '1.targets.1', '- host: secret-host'],
    ['schema.unknown-field', '2.descripton', 'descripton: x'],
    ['file.twice', '3.name', '- name: lined'],
  ]);
  const problem = await problemOf(run({ text, dryRun: false, digest: 'x' }));
  expect([problem.code, problem.issues[0]?.path]).toEqual(['invalid', ['sites', 0, 'httpsPort']]);
});

test('names that two sites of one file, or a site and the file, would answer to on one web server are refused', async () => {
  await importNow(file(site('there', 'targets: [{ host: web-1, server: nginx }]')));
  const shared = (name: string) =>
    site(name, 'targets: [{ host: web-1, server: nginx }]').replace(
      `${name}.example.com`,
      'there.example.com',
    );
  const one = await dry(file(shared('second')));
  expect(one.sites[0]?.issues).toMatchObject([
    { code: 'site.hostname-taken', path: ['sites', 0, 'hostnames', 0], line: 5 },
  ]);
  const twins = await dry(
    file(shared('twin-a'), shared('twin-b')).replaceAll('there.example.com', 'twins.example.com'),
  );
  expect(twins.sites.map(({ action }) => action)).toEqual(['create', 'refused']);
});

test('what moved after the dry run stops the import, and then nothing of it is saved', async () => {
  const text = file(site('raced', 'description: new'), site('unborn'));
  await importNow(file(site('raced')));
  const { digest } = await dry(text);
  await importNow(file(site('raced', 'description: theirs')));
  const problem = await problemOf(run({ text, dryRun: false, digest }));
  expect(problem.code).toBe('stale');
  expect(await db().site.count({ where: { name: 'unborn' } })).toBe(0);
  expect((await problemOf(run({ text, dryRun: false }))).issues[0]?.path).toEqual(['digest']);
  // Of another text, or with another list.
  const other = await dry(text);
  expect((await problemOf(run({ text: `${text}#`, dryRun: false, digest: 'other' }))).code).toBe('stale');
  expect((await problemOf(run({ text, dryRun: false, digest: other.digest, list: 'L' }))).code).toBe('stale');
});

test('property: what is exported is imported as unchanged, in both formats', async () => {
  const documents = fc
    .sample(siteArbitrary, { numRuns: 60, seed: 42 })
    .filter((document) => checkSite(document).every(({ severity }) => severity !== 'error'));
  expect(documents.length).toBeGreaterThan(10);
  const { id: listId } = await ada.call(contract.lists.create, { params, body: { name: 'Round trip' } });
  for (const [index, document] of documents.entries()) {
    const body = { document: { ...document, name: `trip-${index}` }, targetIds: [] };
    const { id } = await ada.call(contract.sites.create, { params, body });
    await ada.call(contract.lists.changeSites, {
      params: { ...params, id: listId },
      body: { add: [id], remove: [] },
    });
  }
  for (const format of ['yaml', 'json'] as const) {
    const out = await exported({ format, listId });
    expect([out.sites, out.fileName]).toEqual([documents.length, `round-trip-sites.${format}`]);
    expect((await exported({ format, listId })).text, 'the text is stable').toBe(out.text);
    const found = await dry(out.text);
    expect(found.sites.filter(({ action }) => action !== 'unchanged')).toEqual([]);
    expect(found.counts.unchanged).toBe(documents.length);
    // And into a team that has none of them: the same documents.
    const { digest } = await run({ text: out.text, dryRun: true }, grace, 'theirs');
    await run({ text: out.text, dryRun: false, digest }, grace, 'theirs');
    const there = await grace.call(contract.sites.export, {
      params: { team: 'theirs' },
      query: { format: 'json' },
    });
    expect(JSON.parse(there.text)).toEqual(JSON.parse((await exported({ format: 'json', listId })).text));
  }
});

test('an export says where things come from, and a line break in a message is no field', async () => {
  const { id } = await ada.call(contract.sites.create, {
    params,
    body: { document: sampleSite('commented'), targetIds: [target], message: 'first: of all' },
  });
  await write((tx) =>
    tx.siteRevision.updateMany({ where: { siteId: id }, data: { message: 'a\nname: evil' } }),
  );
  const { text } = await exported({ ids: id });
  expect(text).toMatch(/^# Sites of the team ours, exported from Gatehouse\.\n/);
  expect(text).toMatch(/\n {2}# revision 1, \d{4}-\d\d-\d\d, editor: a name: evil\n {2}- name: commented\n/);
  expect(text).toContain('targets:\n      - host: web-1\n        server: nginx\n');
  expect((await dry(text)).counts.unchanged).toBe(1);
});

test('only sites and lists of the team come out', async () => {
  const { items } = await grace.call(contract.sites.list, { params: { team: 'theirs' } });
  const foreign = items[0]?.id ?? '';
  expect((await problemOf(exported({ ids: foreign }))).code).toBe('not-found');
  expect((await problemOf(exported({ listId: 'no-such-list' }))).code).toBe('not-found');
  expect((await problemOf(run({ text: file(), dryRun: true }, viewer))).code).toBe('forbidden');
});

test.each([
  ['not YAML', 'sites: [', 'file.not-yaml', 1],
  ['a key twice', 'schemaVersion: 1\nschemaVersion: 1\nsites: []', 'file.not-yaml', 2],
  ['no sites', '- a', 'file.not-sites', 1],
  ['several documents', 'a: 1\n---\nb: 1', 'file.not-yaml', 2],
  [
    'aliases that multiply',
    `schemaVersion: 1\na: &a [x]\n${Array.from({ length: 12 }, (_, n) => `${'bcdefghijklm'[n]}: &${'bcdefghijklm'[n]} [${Array(9).fill(`*${'abcdefghijkl'[n]}`).join(', ')}]`).join('\n')}`,
    'file.aliases',
    null,
  ],
  ['a nesting without end', `a: ${'['.repeat(100_000)}`, 'file.not-yaml', null],
])('a hostile or broken text is refused as a whole: %s', async (_, text, code, line) => {
  const { issues, counts, sites } = await dry(text);
  expect(issues[0]).toMatchObject({ code, ...(line === null ? {} : { line }) });
  expect([sites.length, counts.create]).toEqual([0, 0]);
  expect((await problemOf(run({ text, dryRun: false, digest: 'x' }))).code).toBe('invalid');
});

test('a tag of YAML makes no object of ours, and a prototype cannot be set', async () => {
  const { sites } = await dry(file(site('tagged', '__proto__: { polluted: 1 }', 'constructor: 1')));
  expect(sites[0]?.action).toBe('refused');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  const evil = await dry('!!js/function "return 1"');
  expect(evil.counts.create).toBe(0);
});

test('three thousand sites are exported, compared and imported in one transaction', async () => {
  const many = Array.from({ length: 3000 }, (_, n) =>
    site(`bulk-${n}`, 'targets: [{ host: web-1, server: nginx }]'),
  );
  const text = file(...many);
  const found = await dry(text, { list: 'Bulk' });
  expect(found.counts.create).toBe(3000);
  await run({ text, dryRun: false, digest: found.digest, list: 'Bulk' });
  const lists = await ada.call(contract.lists.list, { params });
  const list = lists.items.find(({ name }) => name === 'Bulk');
  expect(list?.sites).toBe(3000);
  const out = await exported({ listId: list?.id ?? '' });
  expect((await dry(out.text)).counts).toEqual({ create: 0, update: 0, unchanged: 3000, refused: 0 });
}, 60_000);

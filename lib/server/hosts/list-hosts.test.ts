import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import type { QueryInputOf } from '#api/operation';
import { write } from '#server/platform/database/write';
import { sampleSite } from '#server/testing/sample-requests';
import {
  addMember,
  clientOf,
  problemOf,
  startTestServer,
  type TestServer,
} from '#server/testing/test-server';
import { siteColumns } from '../sites/site-columns';
import { verdict } from './check-line';

const params = { team: 'ours' };
const many = 60;
const name = (n: number) => `web-${String(n).padStart(2, '0')}`;
const key = { hostKeyType: 'ssh-ed25519', hostKeyFingerprint: `SHA256:${'a'.repeat(43)}` };
const lastError = { code: 'ssh.refused', message: 'refused', hint: null };
const checks = [verdict('reach', { status: 'ok', message: 'fine' })];
const red = [...checks, verdict('disk', { status: 'failed', message: 'full' })];
const facts = (version: string) => ({
  operatingSystem: 'Debian 12',
  distribution: 'debian',
  servers: [
    { server: 'nginx', version, openssl: '3.0.15', layout: 'debian', modules: ['http_ssl'], running: true },
  ],
});
/** Hosts in every state, in turn. */
const states = [
  {},
  { ...key },
  { ...key, checks, facts: facts('1.22.1') },
  { ...key, checks: red, facts: facts('1.26.3') },
  { ...key, checks, lastError },
  { lastError },
  { ...key, checks, seenKeyType: 'ssh-rsa', seenKeyFingerprint: `SHA256:${'b'.repeat(43)}` },
  { ...key, checks: [] },
];
let server: TestServer;
let ada: ReturnType<typeof clientOf>;
let groupId: string;

/** `web-00` … `web-59`, each with an nginx; every tenth one is in a group. `web-02` has sites in every state. Another team has the same. */
beforeAll(async () => {
  server = await startTestServer();
  for (const slug of ['theirs', 'ours']) {
    const { team, token } = await addMember(slug, 'viewer');
    ada = clientOf(server, token);
    const teamId = team.id;
    await write(async (tx) => {
      const group = await tx.hostGroup.create({ data: { teamId, name: 'Production' } });
      groupId = group.id;
      await tx.host.createMany({
        data: Array.from({ length: many }, (_, n) => ({
          id: `${slug}-${(n * 7) % many}`,
          teamId,
          name: name(n),
          transport: 'ssh',
          address: n === 7 ? 'deep_100%.example.net' : `192.0.2.${n}`,
          groupId: n % 10 === 0 ? group.id : null,
          jumpHostId: n === 1 ? `${slug}-0` : null,
          ...states[n % states.length],
        })),
      });
      const hosts = await tx.host.findMany({ where: { teamId }, orderBy: { name: 'asc' } });
      await tx.target.createMany({
        data: hosts.map(({ id }) => ({ id: `t-${id}`, teamId, hostId: id, server: 'nginx' })),
      });
      await tx.host.create({
        data: {
          teamId,
          name: 'forgotten',
          transport: 'ssh',
          address: '192.0.2.250',
          archivedAt: new Date(),
          goneAs: 'x',
        },
      });
      const targetId = `t-${hosts[2]?.id}`;
      const placed = {
        same: { appliedRevision: 2 },
        older: { appliedRevision: 1 },
        never: { appliedRevision: null },
        leaving: { appliedRevision: 2, removing: true },
        edited: { appliedRevision: 1 },
        gone: { appliedRevision: 1 },
      };
      for (const [site, placement] of Object.entries(placed)) {
        const id = `${slug}-${site}`;
        const archivedAt = site === 'gone' ? new Date() : null;
        await tx.site.create({ data: { ...siteColumns(sampleSite(site)), id, teamId, head: 2, archivedAt } });
        await tx.siteTarget.create({ data: { siteId: id, targetId, ...placement } });
      }
      const at = new Date();
      await tx.driftFile.create({
        data: {
          teamId,
          targetId,
          siteId: `${slug}-edited`,
          path: '/etc/nginx/x',
          state: 'changed',
          live: {},
          print: 'p',
          firstSeenAt: at,
          changedAt: at,
          lastSeenAt: at,
        },
      });
    });
  }
});
afterAll(() => server.stop());

type Query = QueryInputOf<typeof contract.hosts.list>;
const list = (query: Query = {}) => ada.call(contract.hosts.list, { params, query });
async function walk(query: Query): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ ...query, ...(cursor ? { cursor } : {}) });
    pages.push(page.items.map((host) => host.name));
    cursor = page.next ?? undefined;
  } while (cursor);
  return pages;
}
const all = Array.from({ length: many }, (_, n) => name(n));

test.each([1, 7, 20, 59, 60, 61, 500])(
  'pages of %i show every host of the team once, by name, and none is empty',
  async (limit) => {
    const pages = await walk({ limit });
    expect(pages.flat()).toEqual(all);
    expect(pages).toHaveLength(Math.ceil(many / limit));
  },
);

test('total counts what the filter finds, on every page', async () => {
  const first = await list({ limit: 20 });
  expect([first.total, (await list({ limit: 20, cursor: first.next ?? '' })).total]).toEqual([many, many]);
});

test('a cursor that is none is refused', async () => {
  expect((await problemOf(list({ cursor: 'made-up' }))).code).toBe('bad-request');
});

test('search finds names and addresses whatever their case, and takes no pattern', async () => {
  const found = async (search: string) => (await walk({ search, limit: 4 })).flat();
  expect(await found('WEB-1')).toEqual(all.slice(10, 20));
  expect(await found('192.0.2.25')).toEqual(['web-25']);
  expect(await found('_100%')).toEqual(['web-07']);
  expect(await found('b%1')).toEqual([]);
  expect(await found("' OR 1=1 --")).toEqual([]);
});

test('a group, and being in none, narrow the list', async () => {
  expect((await walk({ groupId, limit: 4 })).flat()).toEqual(all.filter((_, n) => n % 10 === 0));
  const none = await list({ groupId: 'none', limit: 1 });
  expect([none.total, none.items[0]?.name]).toEqual([54, 'web-01']);
  expect((await list({ groupId, search: 'web-2' })).items.map((host) => host.name)).toEqual(['web-20']);
  expect((await list({ groupId: 'nowhere' })).total).toBe(0);
});

test('a row says the same as the host itself', async () => {
  const { items } = await list({ limit: 500 });
  for (const { outOfSync, targets, ...row } of items) {
    const host = await ada.call(contract.hosts.get, { params: { ...params, id: row.id } });
    expect(host).toMatchObject(row);
    expect(host.targets).toMatchObject(targets);
  }
  expect(new Set(items.map(({ status }) => status)).size).toBe(4);
  expect(items[1]?.jumpHost?.name).toBe('web-00');
});

test('sites that are behind are counted; those changed by hand and those that are gone are not', async () => {
  const { items } = await list({ search: 'web-02' });
  expect(items[0]).toMatchObject({ outOfSync: 3, targets: [{ sites: 5 }] });
  expect((await list()).items.reduce((sum, { outOfSync }) => sum + outOfSync, 0)).toBe(3);
});

test('the choices are all hosts at once, and lead to the web servers that the hosts themselves tell of', async () => {
  const { items, webServers } = await ada.call(contract.hosts.choices, { params });
  expect(items.map((host) => host.name)).toEqual(all);
  expect(webServers.map(({ version }) => version)).toEqual([null, '1.22.1', '1.26.3']);
  for (const { targets, ...choice } of items) {
    const host = await ada.call(contract.hosts.get, { params: { ...params, id: choice.id } });
    expect(host).toMatchObject(choice);
    const found = targets.map(({ id, webServer }) => ({ id, ...webServers[webServer] }));
    expect(host.targets).toMatchObject(found);
  }
});

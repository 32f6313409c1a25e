import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import type { QueryInputOf } from '#api/operation';
import { write } from '#server/platform/database/write';
import { sampleSite } from '#server/testing/sample-requests';
import { addMember, clientOf, startTestServer, type TestServer } from '#server/testing/test-server';
import { siteColumns } from './site-columns';

const many = 2000;
const params = { team: 'ours' };
let server: TestServer;
let ada: ReturnType<typeof clientOf>;
let hostId: string;

/** `site-0000` …; every third one runs its head on a host, every third an older revision, the others are placed nowhere. */
beforeAll(async () => {
  server = await startTestServer();
  const { team, user, token } = await addMember('ours', 'viewer');
  ada = clientOf(server, token);
  const teamId = team.id;
  await write(async (tx) => {
    const host = await tx.host.create({
      data: { teamId, name: 'web-1', transport: 'ssh', address: '192.0.2.1' },
    });
    hostId = host.id;
    const target = await tx.target.create({ data: { teamId, hostId, server: 'nginx' } });
    const numbers = Array.from({ length: many }, (_, n) => n);
    const documents = numbers.map((n) => sampleSite(`site-${String(n).padStart(4, '0')}`));
    const idOf = (n: number) => `id-${(n * 7919) % many}`;
    await tx.site.createMany({
      data: documents.map((document, n) => ({
        ...siteColumns(document),
        id: idOf(n),
        teamId,
        head: 2,
        updatedAt: new Date(1_700_000_000_000 + Math.floor(n / 10) * 1000),
      })),
    });
    await tx.siteTarget.createMany({
      data: numbers
        .filter((n) => n % 3 < 2)
        .map((n) => ({ siteId: idOf(n), targetId: target.id, appliedRevision: n % 3 === 0 ? 2 : 1 })),
    });
    const plan = await tx.plan.create({
      data: { teamId, hash: 'h', status: 'applied', sites: { create: { siteId: idOf(0), revision: 2 } } },
    });
    const apply = await tx.apply.create({
      data: { teamId, planId: plan.id, planHash: 'h', status: 'succeeded', requestedById: user.id },
    });
    expect(apply.id).toBeTruthy();
    const probe = { siteId: idOf(0), targetId: target.id, durationMs: 5, kind: 'page' };
    const detail = { expiresAt: '2027-01-31T00:00:00Z' };
    await tx.probeResult.createMany({
      data: [
        { ...probe, phase: 'after', status: 'failed', at: new Date(1000) },
        { ...probe, phase: 'after', status: 'passed', at: new Date(2000) },
        { ...probe, phase: 'before', status: 'failed', at: new Date(3000) },
        { ...probe, kind: 'certificate', phase: 'after', status: 'failed', at: new Date(2000), detail },
        { ...probe, kind: 'websocket', phase: 'after', status: 'skipped', at: new Date(2000) },
        { ...probe, siteId: idOf(3), id: 'first', phase: 'scheduled', status: 'failed', at: new Date(4000) },
        { ...probe, siteId: idOf(3), id: 'second', phase: 'after', status: 'passed', at: new Date(4000) },
        { ...probe, siteId: idOf(3), id: 'a', phase: 'after', status: 'passed', at: new Date(3000) },
      ],
    });
  });
});
afterAll(() => server.stop());

const list = (query: QueryInputOf<typeof contract.sites.list>) =>
  ada.call(contract.sites.list, { params, query });
async function walk(query: QueryInputOf<typeof contract.sites.list>): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ ...query, ...(cursor ? { cursor } : {}) });
    names.push(...page.items.map(({ name }) => name));
    cursor = page.next ?? undefined;
  } while (cursor);
  return names;
}

test.each(['name', '-name', 'updatedAt', '-updatedAt'] as const)(
  'paging by %s shows every site exactly once',
  async (sort) => {
    const names = await walk({ sort, limit: 333 });
    expect(names).toHaveLength(many);
    expect(new Set(names).size).toBe(many);
    if (sort.endsWith('name'))
      expect(names).toEqual([...names].sort((a, b) => (a < b === (sort === 'name') ? -1 : 1)));
  },
);

test('search, host and preset narrow the list and its total', async () => {
  const found = await list({ search: 'site-012' });
  expect([found.total, found.items.length]).toEqual([10, 10]);
  expect((await list({ search: 'SITE-0123.EXAMPLE' })).items.map(({ name }) => name)).toEqual(['site-0123']);
  expect((await list({ hostId, limit: 1 })).total).toBe(Math.ceil((many * 2) / 3));
  expect((await list({ preset: 'jenkins' })).total).toBe(0);
});

test('a search finds nothing that is partly in the name and partly in a host name', async () => {
  expect((await list({ search: 'site-0123 site-0123' })).total).toBe(0);
  expect((await list({ search: '0123.example' })).total).toBe(1);
});

test('the total of a filter is the same on its first page, on a later one and on one that holds all', async () => {
  const filter = { search: 'site-01' };
  const first = await list({ ...filter, limit: 30 });
  const later = await list({ ...filter, limit: 30, cursor: first.next ?? '' });
  const whole = await list({ ...filter, limit: 500 });
  expect([first.total, later.total, whole.total, whole.items.length]).toEqual([100, 100, 100, 100]);
  expect((await list({ ...filter, limit: 100 })).next).toBeNull();
});

test('the sync filter agrees with what each row says, and pages too', async () => {
  for (const sync of ['in-sync', 'out-of-sync', 'unknown', 'drifted'] as const) {
    const names = await walk({ sync, limit: 500 });
    const rest = { 'in-sync': 0, 'out-of-sync': 1, unknown: 2, drifted: -1 }[sync];
    const expected = Array.from({ length: many }, (_, n) => n).filter((n) => n % 3 === rest).length;
    expect(new Set(names).size).toBe(expected);
    const { items, total } = await list({ sync, limit: 5 });
    expect(total).toBe(expected);
    expect(items.every((item) => item.sync === sync)).toBe(true);
  }
});

test('a row tells the last apply, the newest outcome of each probe, and when the certificate runs out', async () => {
  const { items } = await list({ search: 'site-0000' });
  expect(items[0]).toMatchObject({
    publicUrl: 'https://site-0000.example.com/',
    health: 'degraded',
    certificateExpiresAt: '2027-01-31T00:00:00Z',
    lastApply: { status: 'succeeded', by: { email: 'viewer@ours.test' } },
    targets: [{ hostName: 'web-1', sync: 'in-sync' }],
  });
});

test('of two outcomes of one look both count, in the list as in the site’s own probes', async () => {
  const { items } = await list({ search: 'site-0003' });
  expect(items[0]).toMatchObject({
    health: 'degraded',
    healthSeen: { at: '1970-01-01T00:00:04.000Z', applyId: null },
  });
  const probes = await ada.call(contract.sites.listProbes, { params: { ...params, id: items[0]?.id ?? '' } });
  expect(probes.items.map(({ status }) => status).sort()).toEqual(['failed', 'passed']);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import type { Site } from '#core/site/schema';
import { db } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import { sampleSite } from '#server/testing/sample-requests';
import {
  addMember,
  browserHeaders,
  clientOf,
  codeOf,
  problemOf,
  startTestServer,
  type TestServer,
} from '#server/testing/test-server';

const ours = { team: 'ours' };
const theirs = { team: 'theirs' };
let server: TestServer;
let ada: ReturnType<typeof clientOf>;
let editor: ReturnType<typeof clientOf>;
let eve: ReturnType<typeof clientOf>;
let viewer: ReturnType<typeof clientOf>;
let stranger: ReturnType<typeof clientOf>;
let list: string;
let site: string;
let hidden: string;
const document = sampleSite('public', 'public.example.com');

beforeAll(async () => {
  server = await startTestServer();
  const owner = await addMember('ours', 'admin', 'ada@ours.test');
  ada = clientOf(server, owner.token);
  editor = clientOf(server, (await addMember('ours', 'editor')).token);
  eve = clientOf(server, (await addMember('theirs', 'editor', 'eve@theirs.test')).token);
  viewer = clientOf(server, (await addMember('theirs', 'viewer')).token);
  stranger = clientOf(server, (await addMember('elsewhere', 'admin')).token);
  const target = await write(async (tx) => {
    const data = { teamId: owner.team.id, name: 'secret-host', transport: 'ssh', address: '192.0.2.99' };
    const host = await tx.host.create({ data });
    return tx.target.create({ data: { teamId: owner.team.id, hostId: host.id, server: 'nginx' } });
  });
  const create = (each: Site) =>
    ada.call(contract.sites.create, { params: ours, body: { document: each, targetIds: [target.id] } });
  site = (await create(document)).id;
  hidden = (await create(sampleSite('hidden-site', 'hidden.example.com'))).id;
  list = (await ada.call(contract.lists.create, { params: ours, body: { name: 'Offered', siteIds: [site] } }))
    .id;
});
afterAll(() => server.stop());

const share = (level: 'view' | 'edit', team = 'theirs', by = ada) =>
  by.call(contract.lists.share, { params: { ...ours, id: list }, body: { team, level } });
const read = (by = eve, team = theirs.team, of = site) =>
  by.call(contract.shared.getSite, { params: { team, id: list, site: of } });
const save = (change: Partial<Site>, ifMatch: number, by = eve, of = site) =>
  by.call(contract.shared.updateSite, {
    params: { ...theirs, id: list, site: of },
    ifMatch,
    body: { document: { ...document, ...change }, message: 'from next door' },
  });

test('without a share there is nothing; with one the other team reads its sites, and that is all', async () => {
  expect(await codeOf(read())).toBe('not-found');
  await share('view');
  const lists = await viewer.call(contract.shared.list, { params: theirs });
  expect(lists.items).toEqual([
    { id: list, name: 'Offered', description: '', owner: 'ours', level: 'view', sites: 1 },
  ]);
  const page = await viewer.call(contract.shared.get, { params: { ...theirs, id: list } });
  expect(page.items.map(({ name }) => name)).toEqual(['public']);
  const shown = await read(viewer);
  expect(shown.document).toEqual(document);
  expect(JSON.stringify([lists, page, shown])).not.toMatch(/secret-host|192\.0\.2\.99|hidden|ours\.test/);
  // Not the sites that are on no shared list, not by the ordinary ways, not for a third team, not for the owner as a guest.
  expect(await codeOf(read(eve, 'theirs', hidden))).toBe('not-found');
  expect(await codeOf(eve.call(contract.sites.get, { params: { ...theirs, id: site } }))).toBe('not-found');
  expect(await codeOf(eve.call(contract.lists.get, { params: { ...theirs, id: list } }))).toBe('not-found');
  const planned = { params: theirs, body: { siteIds: [site] } };
  expect(await codeOf(eve.call(contract.plans.create, planned))).not.toBe('done');
  expect(await codeOf(read(stranger, 'elsewhere'))).toBe('not-found');
  expect(await codeOf(read(eve, 'ours'))).toBe('not-found');
  expect(await codeOf(read(ada, 'ours'))).toBe('not-found');
});

test('to look is not to edit; to edit saves a revision, leaves the placements alone and is in the owner’s record', async () => {
  expect(await codeOf(save({ description: 'x' }, 1))).toBe('forbidden');
  await share('edit');
  expect(await codeOf(save({ description: 'x' }, 1, viewer))).toBe('forbidden');
  const before = await db().siteTarget.findMany({ where: { siteId: site } });
  expect(await save({ description: 'better' }, 1)).toMatchObject({
    head: 2,
    document: { description: 'better' },
  });
  expect(await codeOf(save({ description: 'late' }, 1))).toBe('stale');
  expect(await codeOf(save({ description: 'x' }, 1, eve, hidden))).toBe('not-found');
  expect(await db().siteTarget.findMany({ where: { siteId: site } })).toEqual(before);
  const revisions = await ada.call(contract.sites.listRevisions, { params: { ...ours, id: site } });
  expect(revisions.items[0]).toMatchObject({
    number: 2,
    message: 'from next door',
    author: { email: 'eve@theirs.test' },
  });
  const rows = await db().activity.findMany({ where: { event: 'site.updated', subjectId: site } });
  const owner = await db().team.findUniqueOrThrow({ where: { slug: 'ours' } });
  expect(rows.map(({ teamId, actorLabel }) => [teamId, actorLabel])).toEqual([[owner.id, 'eve@theirs.test']]);
});

test('a refused edit names no other site and no host of the owner', async () => {
  const problem = await problemOf(save({ hostnames: ['hidden.example.com'] }, 2));
  expect(problem.issues).toMatchObject([{ code: 'site.hostname-taken' }]);
  expect(JSON.stringify(problem)).not.toMatch(/secret-host|hidden-site/);
});

test('a site taken off the list is gone for the other team, and a share that ends ends at once', async () => {
  const at = { params: { ...ours, id: list } };
  await ada.call(contract.lists.changeSites, { ...at, body: { add: [], remove: [site] } });
  expect(await codeOf(read())).toBe('not-found');
  await ada.call(contract.lists.changeSites, { ...at, body: { add: [site], remove: [] } });
  expect(await codeOf(read())).toBe('done');
  const { teams } = await ada.call(contract.lists.listShares, at);
  expect(teams).toMatchObject([{ team: { slug: 'theirs' }, level: 'edit' }]);
  await ada.call(contract.lists.unshare, { params: { ...ours, id: list, share: teams[0]?.id ?? '' } });
  expect(await codeOf(read())).toBe('not-found');
  expect(await codeOf(save({ description: 'after' }, 2))).toBe('not-found');
  expect((await eve.call(contract.shared.list, { params: theirs })).items).toEqual([]);
});

test('only admins share; not with the own team, not with nobody', async () => {
  expect(await codeOf(share('view', 'theirs', editor))).toBe('forbidden');
  expect(await codeOf(share('view', 'ours'))).toBe('invalid');
  expect(await codeOf(share('view', 'no-such-team'))).toBe('invalid');
});

test('a link shows names and addresses to anybody, nothing else, until it is revoked or expires', async () => {
  const at = { ...ours, id: list };
  const made = await ada.call(contract.lists.createLink, { params: at, body: { days: 1 } });
  expect(await db().listLink.findFirst({ where: { tokenHash: made.token } })).toBeNull();
  const open = async (token: string) => {
    const response = await server.fetch(`/api/v1/shared/${token}`, { headers: browserHeaders() });
    return { status: response.status, text: await response.text() };
  };
  const { status, text } = await open(made.token);
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual({
    name: 'Offered',
    description: '',
    expiresAt: made.expiresAt,
    sites: [
      {
        name: 'public',
        ciServer: expect.any(String),
        hostnames: ['public.example.com'],
        publicUrl: 'https://public.example.com/',
      },
    ],
  });
  expect(text).not.toMatch(/127\.0\.0\.1|8080|upstream|secret-host|ours/);
  expect((await open(`${made.token}x`)).status).toBe(404);
  expect((await open(made.prefix)).status).toBe(404);
  const { links } = await ada.call(contract.lists.listShares, { params: at });
  expect(links).toMatchObject([{ id: made.id, lastUsedAt: expect.any(String) }]);
  expect(JSON.stringify(links)).not.toContain(made.token);
  await write((tx) => tx.listLink.update({ where: { id: made.id }, data: { expiresAt: new Date(0) } }));
  expect((await open(made.token)).status).toBe(404);
  const again = await ada.call(contract.lists.createLink, { params: at, body: { days: 1 } });
  expect((await open(again.token)).status).toBe(200);
  await ada.call(contract.lists.revokeLink, { params: { ...at, link: again.id } });
  expect((await open(again.token)).status).toBe(404);
});

test('guessing links is slowed down', async () => {
  const from = { ...browserHeaders(), 'x-gatehouse-address': '198.51.100.7' };
  const statuses: number[] = [];
  for (let n = 0; n < 40; n += 1)
    statuses.push((await server.fetch(`/api/v1/shared/guess-${n}`, { headers: from })).status);
  expect(new Set(statuses)).toEqual(new Set([404, 429]));
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import type { BodyInputOf } from '#api/operation';
import { db } from '#server/platform/database/db';
import { sampleSite } from '#server/testing/sample-requests';
import { addMember, clientOf, codeOf, startTestServer, type TestServer } from '#server/testing/test-server';

const params = { team: 'ours' };
let server: TestServer;
let ada: ReturnType<typeof clientOf>;
let foreign: string;

beforeAll(async () => {
  server = await startTestServer();
  ada = clientOf(server, (await addMember('ours', 'editor')).token);
  const stranger = clientOf(server, (await addMember('theirs', 'admin')).token);
  const body = { document: sampleSite('foreign'), targetIds: [] };
  foreign = (await stranger.call(contract.sites.create, { params: { team: 'theirs' }, body })).id;
});
afterAll(() => server.stop());

const site = async (name: string, more: object = {}) => {
  const body = { document: { ...sampleSite(name), ...more }, targetIds: [] };
  return (await ada.call(contract.sites.create, { params, body })).id;
};
const edit = (body: BodyInputOf<typeof contract.sites.edit>) =>
  ada.call(contract.sites.edit, { params, body });

test('one edit of many sites: told site by site first, then saved together with one message and one record', async () => {
  const siteIds = [
    await site('one'),
    await site('two'),
    await site('has-it', { limits: { bodySizeMib: 64 } }),
  ];
  const set = { limits: { bodySizeMib: 64 } };
  const found = await edit({ siteIds, set, dryRun: true });
  expect(found.counts).toEqual({ update: 2, unchanged: 1, refused: 0 });
  expect(found.sites[1]?.changes).toMatchObject([{ field: 'Largest request body', after: '64 MiB' }]);
  expect(await db().siteRevision.count({ where: { siteId: { in: siteIds } } })).toBe(3);
  await edit({ siteIds, set, dryRun: false, digest: found.digest, message: 'bigger uploads' });
  const revisions = await db().siteRevision.findMany({ where: { siteId: { in: siteIds }, number: 2 } });
  expect(revisions.map(({ message }) => message)).toEqual(['bigger uploads', 'bigger uploads']);
  expect(await db().activity.count({ where: { event: 'site.edited-together' } })).toBe(1);
});

test('a save in between stops all of it; so does a site that may not be so', async () => {
  const siteIds = [await site('raced'), await site('other')];
  const set = { http3: true };
  const { digest } = await edit({ siteIds, set, dryRun: true });
  const [id = ''] = siteIds;
  const body = { document: { ...sampleSite('raced'), description: 'theirs' }, targetIds: [] };
  await ada.call(contract.sites.update, { params: { ...params, id }, ifMatch: 1, body });
  expect(await codeOf(edit({ siteIds, set, dryRun: false, digest }))).toBe('stale');
  expect(await codeOf(edit({ siteIds, set, dryRun: false }))).toBe('invalid');
  // The PROXY protocol needs proxies that are trusted.
  const broken = { proxyProtocol: true };
  const found = await edit({ siteIds, set: broken, dryRun: true });
  expect(found.counts.refused).toBe(2);
  expect(await codeOf(edit({ siteIds, set: broken, dryRun: false, digest: found.digest }))).toBe('invalid');
  expect(await db().siteRevision.count({ where: { siteId: siteIds[1] ?? '' } })).toBe(1);
});

test('another team’s site is no site', async () => {
  expect(await codeOf(edit({ siteIds: [foreign], set: { http3: true }, dryRun: true }))).toBe('not-found');
});

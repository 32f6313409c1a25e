import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import { db } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import { sampleSite } from '#server/testing/sample-requests';
import { addMember, clientOf, codeOf, startTestServer, type TestServer } from '#server/testing/test-server';

const params = { team: 'ours' };
let server: TestServer;
let ada: ReturnType<typeof clientOf>;
let teamId: string;
let foreignSite: string;

beforeAll(async () => {
  server = await startTestServer();
  const member = await addMember('ours', 'editor');
  teamId = member.team.id;
  ada = clientOf(server, member.token);
  const stranger = await addMember('theirs', 'admin');
  const theirs = clientOf(server, stranger.token);
  const body = { document: sampleSite('foreign'), targetIds: [] };
  foreignSite = (await theirs.call(contract.sites.create, { params: { team: 'theirs' }, body })).id;
});
afterAll(() => server.stop());

const site = async (name: string) =>
  (await ada.call(contract.sites.create, { params, body: { document: sampleSite(name), targetIds: [] } })).id;

test('a list is made with sites, renamed, filled and emptied; sites say which lists they are on', async () => {
  const [one, two] = [await site('one'), await site('two')];
  const made = await ada.call(contract.lists.create, {
    params,
    body: { name: ' Production ', siteIds: [one, one] },
  });
  expect(made).toMatchObject({ name: 'Production', description: '', sites: 1 });
  const at = { ...params, id: made.id };
  const changed = await ada.call(contract.lists.changeSites, {
    params: at,
    body: { add: [one, two], remove: [] },
  });
  expect(changed.sites).toBe(2);
  await ada.call(contract.lists.update, {
    params: at,
    body: { name: 'Live', description: 'What customers see' },
  });
  const { items } = await ada.call(contract.lists.list, { params });
  expect(items).toMatchObject([{ name: 'Live', description: 'What customers see', sites: 2 }]);
  const shown = await ada.call(contract.sites.list, { params, query: { listId: made.id } });
  expect(shown.items.map(({ name, lists }) => [name, lists[0]?.name])).toEqual([
    ['one', 'Live'],
    ['two', 'Live'],
  ]);
  const less = await ada.call(contract.lists.changeSites, {
    params: at,
    body: { add: [], remove: [one, foreignSite] },
  });
  expect(less.sites).toBe(1);
});

test('a name is taken once', async () => {
  await ada.call(contract.lists.create, { params, body: { name: 'Taken' } });
  const { id } = await ada.call(contract.lists.create, { params, body: { name: 'Other' } });
  expect(await codeOf(ada.call(contract.lists.create, { params, body: { name: 'Taken' } }))).toBe('invalid');
  const rename = { params: { ...params, id }, body: { name: 'Taken' } };
  expect(await codeOf(ada.call(contract.lists.update, rename))).toBe('invalid');
  expect((await ada.call(contract.lists.update, { ...rename, body: { name: 'Other' } })).name).toBe('Other');
});

test('another team’s site cannot be put on a list, and then nothing is', async () => {
  const own = await site('own');
  const body = { name: 'Mixed', siteIds: [own, foreignSite] };
  expect(await codeOf(ada.call(contract.lists.create, { params, body }))).toBe('not-found');
  expect(await db().list.count({ where: { name: 'Mixed' } })).toBe(0);
});

test('what a deleted list answers makes it again; its sites were never gone', async () => {
  const siteIds = [await site('kept-one'), await site('kept-two')];
  const made = await ada.call(contract.lists.create, {
    params,
    body: { name: 'Gone', description: 'x', siteIds },
  });
  const gone = await ada.call(contract.lists.remove, { params: { ...params, id: made.id } });
  expect(await codeOf(ada.call(contract.lists.get, { params: { ...params, id: made.id } }))).toBe(
    'not-found',
  );
  const again = await ada.call(contract.lists.create, { params, body: gone });
  expect(again).toMatchObject({ name: 'Gone', description: 'x', sites: 2 });
});

test('a list that a webhook is about is not deleted with it', async () => {
  const { id } = await ada.call(contract.lists.create, { params, body: { name: 'Watched' } });
  await write(async (tx) => {
    const url = await tx.secret.create({
      data: { teamId, purpose: 'webhook', keyId: 'k', ciphertext: Buffer.from('x') },
    });
    await tx.webhook.create({
      data: { teamId, name: 'chat', kind: 'slack', urlId: url.id, urlHost: 'h.test', events: [], listId: id },
    });
  });
  expect(await codeOf(ada.call(contract.lists.remove, { params: { ...params, id } }))).toBe('conflict');
});

test('ten thousand sites go on a list and off it in one call each', async () => {
  const ids = Array.from({ length: 10_000 }, (_, n) => `many-${n}`);
  await write((tx) =>
    tx.site.createMany({
      data: ids.map((id) => ({
        id,
        teamId,
        name: id,
        head: 1,
        preset: 'generic',
        hostnames: ` ${id}.test `,
      })),
    }),
  );
  const made = await ada.call(contract.lists.create, { params, body: { name: 'Many', siteIds: ids } });
  expect(made.sites).toBe(10_000);
  const at = { ...params, id: made.id };
  expect(
    (await ada.call(contract.lists.changeSites, { params: at, body: { add: [], remove: ids.slice(1) } }))
      .sites,
  ).toBe(1);
});

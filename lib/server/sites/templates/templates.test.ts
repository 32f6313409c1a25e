import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import type { Site } from '#core/site/schema';
import { templateOf } from '#core/site/site-template';
import { db } from '#server/platform/database/db';
import { sampleSite } from '#server/testing/sample-requests';
import { addMember, clientOf, codeOf, startTestServer, type TestServer } from '#server/testing/test-server';

const params = { team: 'ours' };
let server: TestServer;
let ada: ReturnType<typeof clientOf>;
let viewer: ReturnType<typeof clientOf>;
let eve: ReturnType<typeof clientOf>;

beforeAll(async () => {
  server = await startTestServer();
  ada = clientOf(server, (await addMember('ours', 'editor')).token);
  viewer = clientOf(server, (await addMember('ours', 'viewer')).token);
  eve = clientOf(server, (await addMember('theirs', 'admin')).token);
});
afterAll(() => server.stop());

const settings = (name: string): Site => ({
  ...sampleSite(name),
  tlsProfile: 'modern',
  limits: { bodySizeMib: 200 },
  access: { ...sampleSite(name).access, ip: { allow: ['10.0.0.0/8'], deny: [] } },
});
const site = async (name: string) =>
  (await ada.call(contract.sites.create, { params, body: { document: settings(name), targetIds: [] } })).id;
const make = (name: string, source: { siteId: string } | { document: Site }) =>
  ada.call(contract.templates.create, { params, body: { name, ...source } });
const lastRecord = () => db().activity.findFirstOrThrow({ orderBy: { sequence: 'desc' } });

test('a site’s settings become a template, without what is the site’s own; viewers see it', async () => {
  const made = await make(' Internal CI ', { siteId: await site('ci') });
  expect(made).toMatchObject({ name: 'Internal CI', description: '', preset: 'generic' });
  expect(made.document).toEqual(templateOf(settings('ci')));
  expect(JSON.stringify(made)).not.toMatch(/ci\.example\.com|127\.0\.0\.1/);
  expect(await lastRecord()).toMatchObject({
    event: 'template.created',
    subject: 'template Internal CI',
    subjectId: made.id,
    detail: { madeFrom: 'site ci' },
  });
  const { items } = await viewer.call(contract.templates.list, { params });
  const { document, ...summary } = made;
  expect(items).toEqual([summary]);
  expect(await viewer.call(contract.templates.get, { params: { ...params, id: made.id } })).toEqual(made);
  expect(
    await codeOf(viewer.call(contract.templates.create, { params, body: { name: 'x', document } })),
  ).toBe('forbidden');
});

test('it is made of the last revision, and a later one changes nothing in it', async () => {
  const siteId = await site('moving');
  const save = (head: number, bodySizeMib: number) =>
    ada.call(contract.sites.update, {
      params: { ...params, id: siteId },
      ifMatch: head,
      body: { document: { ...settings('moving'), limits: { bodySizeMib } }, targetIds: [] },
    });
  await save(1, 300);
  const { id } = await make('Moving', { siteId });
  await save(2, 400);
  const found = await ada.call(contract.templates.get, { params: { ...params, id } });
  expect(found.document.limits.bodySizeMib).toBe(300);
});

test('a document is taken over by the rules of a site; it is a site or a document, not both and not neither', async () => {
  const made = await make('By document', { document: settings('anything') });
  expect(made.document.name).toBe('fill-in');
  const loop = { ...settings('wrong'), http3: true, tls: { mode: 'none' as const } };
  expect(await codeOf(make('Wrong', { document: loop }))).toBe('invalid');
  expect(await codeOf(make('Both', { siteId: await site('both'), document: settings('both') }))).toBe(
    'invalid',
  );
  expect(await codeOf(ada.call(contract.templates.create, { params, body: { name: 'Neither' } }))).toBe(
    'invalid',
  );
  expect(await db().siteTemplate.count({ where: { name: { in: ['Wrong', 'Both', 'Neither'] } } })).toBe(0);
});

test('who changes a template says which version they saw: the second change of two is refused', async () => {
  const made = await make('Shared', { document: settings('shared') });
  const at = { ...params, id: made.id };
  const renamed = await ada.call(contract.templates.update, {
    params: at,
    ifMatch: made.version,
    body: { name: 'Shared by all', description: 'For new sites' },
  });
  expect(renamed).toMatchObject({ name: 'Shared by all', description: 'For new sites' });
  expect(renamed.document, 'the settings stay').toEqual(made.document);
  expect(renamed.version).not.toBe(made.version);
  const siteId = await site('next');
  const replace = (ifMatch: string) =>
    ada.call(contract.templates.update, { params: at, ifMatch, body: { siteId } });
  expect(await codeOf(replace(made.version))).toBe('stale');
  expect(await replace(renamed.version)).toMatchObject({ name: 'Shared by all' });
  expect(await codeOf(replace(renamed.version))).toBe('stale');
});

test('a replacement says in the record which settings became others', async () => {
  const made = await make('Recorded', { document: settings('recorded') });
  await ada.call(contract.templates.update, {
    params: { ...params, id: made.id },
    ifMatch: made.version,
    body: { document: { ...settings('recorded'), tlsProfile: 'intermediate' } },
  });
  expect(await lastRecord()).toMatchObject({
    event: 'template.updated',
    detail: { fields: [{ path: 'tlsProfile', before: 'modern', after: 'intermediate' }] },
  });
});

test('a name is taken once', async () => {
  await make('Taken', { document: settings('a') });
  const other = await make('Other', { document: settings('b') });
  expect(await codeOf(make('Taken', { document: settings('c') }))).toBe('invalid');
  const rename = (name: string) =>
    ada.call(contract.templates.update, {
      params: { ...params, id: other.id },
      ifMatch: other.version,
      body: { name },
    });
  expect(await codeOf(rename('Taken'))).toBe('invalid');
  expect((await rename('Other')).name).toBe('Other');
});

test('what a deleted template answers makes it again', async () => {
  const { id, document } = await make('Gone', { siteId: await site('gone') });
  const gone = await ada.call(contract.templates.remove, { params: { ...params, id } });
  expect(await codeOf(ada.call(contract.templates.get, { params: { ...params, id } }))).toBe('not-found');
  const again = await ada.call(contract.templates.create, { params, body: gone });
  expect(again).toMatchObject({ name: 'Gone', document });
});

test('another team’s template does not exist, and its sites cannot be made into one', async () => {
  const { id, version } = await make('Ours', { siteId: await site('ours') });
  const theirs = { team: 'theirs', id };
  const calls = [
    eve.call(contract.templates.get, { params: theirs }),
    eve.call(contract.templates.update, { params: theirs, ifMatch: version, body: { name: 'Mine' } }),
    eve.call(contract.templates.remove, { params: theirs }),
  ];
  for (const call of calls) expect(await codeOf(call)).toBe('not-found');
  expect((await eve.call(contract.templates.list, { params: { team: 'theirs' } })).items).toEqual([]);
  const body = { name: 'Mine', siteId: await site('secret') };
  expect(await codeOf(eve.call(contract.templates.create, { params: { team: 'theirs' }, body }))).toBe(
    'not-found',
  );
  expect(await ada.call(contract.templates.get, { params: { ...params, id } })).toMatchObject({
    name: 'Ours',
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProblemError } from '#api/client';
import { contract } from '#api/contract/index';
import type { Site } from '#core/site/schema';
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
let grace: ReturnType<typeof clientOf>;
let target: string;
let otherTarget: string;
let foreignTarget: string;

async function addTarget(teamId: string, name: string): Promise<string> {
  const data = { teamId, name, transport: 'ssh', address: '192.0.2.1' };
  const host = await write((tx) => tx.host.create({ data }));
  return (await write((tx) => tx.target.create({ data: { teamId, hostId: host.id, server: 'nginx' } }))).id;
}

beforeAll(async () => {
  server = await startTestServer();
  const member = await addMember('ours', 'editor', 'ada@ours.test');
  ada = clientOf(server, member.token);
  grace = clientOf(server, (await addMember('ours', 'editor', 'grace@ours.test')).token);
  const stranger = await addMember('theirs', 'admin');
  target = await addTarget(member.team.id, 'web-1');
  otherTarget = await addTarget(member.team.id, 'web-2');
  foreignTarget = await addTarget(stranger.team.id, 'foreign');
});
afterAll(() => server.stop());

const create = (document: Site, targetIds: string[] = []) =>
  ada.call(contract.sites.create, { params, body: { document, targetIds } });
const update = (
  id: string,
  ifMatch: number,
  document: Site,
  targetIds: string[] = [],
  by = ada,
  message = '',
) =>
  by.call(contract.sites.update, {
    params: { ...params, id },
    ifMatch,
    body: { document, targetIds, message },
  });

test('every save is a new revision, and earlier ones stay as they were', async () => {
  const first = sampleSite('history');
  const { id } = await create(first);
  const second = { ...first, description: 'changed' };
  const saved = await update(id, 1, second, [], grace, 'say more');
  expect([saved.head, saved.document.description]).toEqual([2, 'changed']);
  const list = await ada.call(contract.sites.listRevisions, { params: { ...params, id } });
  expect(list.items.map(({ number, message, author }) => [number, message, author?.email])).toEqual([
    [2, 'say more', 'grace@ours.test'],
    [1, '', 'ada@ours.test'],
  ]);
  const old = await ada.call(contract.sites.getRevision, { params: { ...params, id, number: 1 } });
  expect(old.document).toEqual(first);
});

test('saving the same again makes no revision', async () => {
  const document = sampleSite('same');
  const { id } = await create(document, [target]);
  expect((await update(id, 1, document, [target])).head).toBe(1);
  expect((await update(id, 1, document, [target, otherTarget])).head).toBe(2);
});

test('an edit from an older version is refused and says who saved what meanwhile', async () => {
  const document = sampleSite('locked');
  const { id } = await create(document);
  await update(id, 1, { ...document, description: 'hers' }, [], grace, 'raise the limit');
  const problem = await problemOf(update(id, 1, { ...document, description: 'mine' }));
  expect(problem.code).toBe('stale');
  expect(problem.detail).toMatch(/^editor saved revision 2 \(“raise the limit”\)/);
  const now = await ada.call(contract.sites.get, { params: { ...params, id } });
  expect(now.document.description).toBe('hers');
});

test('class "concurrent writes" (CVE-2026-33028): of many edits of one version at once exactly one is saved', async () => {
  const document = sampleSite('race');
  const { id } = await create(document);
  const edits = Array.from({ length: 8 }, (_, n) =>
    update(id, 1, { ...document, description: `edit ${n}` }, [], n % 2 ? ada : grace).then(
      () => 'saved',
      (error: ProblemError) => error.problem.code,
    ),
  );
  const outcomes = await Promise.all(edits);
  expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'stale')).toHaveLength(7);
  expect(await db().siteRevision.count({ where: { siteId: id } })).toBe(2);
  expect(await db().activity.count({ where: { subjectId: id, event: 'site.updated' } })).toBe(1);
});

test('a name of a site of the team is taken, whatever the moment; a deleted site gives it back', async () => {
  const made = await Promise.allSettled(
    [1, 2, 3].map((n) => create(sampleSite('one-name', `n${n}.example.com`))),
  );
  expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const problem = await problemOf(create(sampleSite('one-name', 'again.example.com')));
  expect(problem.issues).toMatchObject([{ code: 'site.name-taken', path: ['document', 'name'] }]);
  const { items } = await ada.call(contract.sites.list, { params, query: { search: 'one-name' } });
  await ada.call(contract.sites.remove, { params: { ...params, id: items[0]?.id ?? '' } });
  await create(sampleSite('one-name', 'again.example.com'));
});

test('a host name on the same port of the same web server names the field, the other site and the host', async () => {
  await create(sampleSite('first', 'shared.example.com'), [target]);
  const document = {
    ...sampleSite('second', 'own.example.com'),
    hostnames: ['own.example.com', 'shared.example.com'],
  };
  const problem = await problemOf(create(document, [otherTarget, target]));
  expect(problem.issues).toMatchObject([{ code: 'site.hostname-taken', path: ['document', 'hostnames', 1] }]);
  expect(problem.issues[0]?.message).toBe(
    'the site first answers to shared.example.com on port 443 of web-1 already',
  );
  // Part of a name is another name, another host another web server, and other ports do not meet.
  await create(sampleSite('part', 'hared.example.com'), [target]);
  const elsewhere = await create(document, [otherTarget]);
  expect((await problemOf(update(elsewhere.id, 1, document, [target]))).issues[0]?.code).toBe(
    'site.hostname-taken',
  );
  await update(elsewhere.id, 1, { ...document, httpPort: 8081, httpsPort: 8443 }, [target]);
});

test('targets of another team, of nobody and of a forgotten host are refused at their place in the list', async () => {
  const problem = await problemOf(create(sampleSite('misplaced'), [target, foreignTarget, 'nothing']));
  expect(problem.issues.map(({ code, path }) => [code, path])).toEqual([
    ['site.no-target', ['targetIds', 1]],
    ['site.no-target', ['targetIds', 2]],
  ]);
});

test('findings of the site’s own rules are at their fields', async () => {
  const document = sampleSite('ruled');
  const problem = await problemOf(
    create({ ...document, upstreams: [...document.upstreams, ...document.upstreams] }),
  );
  expect(problem.issues[0]?.path.slice(0, 2)).toEqual(['document', 'upstreams']);
});

test('class "bounds" (CVE-2026-33029): a port outside of its range is refused at its field', async () => {
  for (const port of [70_000, 0, -1, 1.5]) {
    const problem = await problemOf(create({ ...sampleSite('bounds'), httpsPort: port }));
    expect(problem.issues).toMatchObject([{ path: ['document', 'httpsPort'] }]);
  }
});

test('taken off a target where it runs, a site is marked there until an apply takes it away; only then it can be deleted', async () => {
  const document = sampleSite('leaving');
  const { id } = await create(document, [target, otherTarget]);
  const running = { siteId: id, targetId: target };
  await write((tx) =>
    tx.siteTarget.updateMany({ where: running, data: { appliedRevision: 1, appliedAt: new Date() } }),
  );
  const placed = await update(id, 1, document, []);
  expect(placed.targets.map(({ hostName, removing, sync }) => [hostName, removing, sync])).toEqual([
    ['web-1', true, 'out-of-sync'],
  ]);
  const problem = await problemOf(ada.call(contract.sites.remove, { params: { ...params, id } }));
  expect([problem.code, problem.detail]).toEqual(['conflict', 'leaving still runs on web-1.']);
  const back = await update(id, 2, document, [target]);
  expect(back.targets).toMatchObject([{ removing: false }]);
});

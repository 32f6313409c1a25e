import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import { db } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import { sampleSite } from '#server/testing/sample-requests';
import {
  addMember,
  browserHeaders,
  browserOf,
  clientOf,
  codeOf,
  cookieOf,
  startTestServer,
  type TestServer,
} from '#server/testing/test-server';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** A team of its own for each test, with an admin who is signed in. */
async function team(slug: string) {
  const admin = await addMember(slug, 'admin');
  return { admin, browser: await browserOf(server, admin.user.id), params: { team: slug } };
}

test('a change of role counts at the next request, for sessions and tokens alike', async () => {
  const { browser, params } = await team('roles');
  const member = await addMember('roles', 'operator');
  const session = await browserOf(server, member.user.id);
  const script = clientOf(server, member.token);
  const save = { params, body: { document: sampleSite('one'), targetIds: [], message: '' } };
  expect(await codeOf(session.call(contract.sites.create, save))).toBe('done');
  const id = member.user.id;
  const changed = await browser.call(contract.members.update, {
    params: { ...params, id },
    body: { role: 'viewer' },
  });
  expect(changed).toMatchObject({ person: { id }, role: 'viewer' });
  const again = { params, body: { document: sampleSite('two'), targetIds: [], message: '' } };
  expect(await codeOf(session.call(contract.sites.create, again))).toBe('forbidden');
  expect(await codeOf(script.call(contract.sites.create, again))).toBe('forbidden');
  expect(await codeOf(script.call(contract.sites.list, { params }))).toBe('done');
});

test('a removed member no longer finds anything; their tokens stay dead when they come back; their work stays', async () => {
  const { admin, browser, params } = await team('removal');
  const member = await addMember('removal', 'editor');
  const session = await browserOf(server, member.user.id);
  const script = clientOf(server, member.token);
  const save = { params, body: { document: sampleSite('kept'), targetIds: [], message: 'mine' } };
  const site = await session.call(contract.sites.create, save);
  await browser.call(contract.members.remove, { params: { ...params, id: member.user.id } });
  expect(await codeOf(session.call(contract.sites.list, { params }))).toBe('not-found');
  expect(await codeOf(script.call(contract.sites.list, { params }))).toBe('unauthenticated');
  expect((await session.call(contract.session.get, {})).teams).toEqual([]);

  await write((tx) =>
    tx.member.create({ data: { teamId: admin.team.id, userId: member.user.id, role: 'viewer' } }),
  );
  expect(await codeOf(session.call(contract.sites.list, { params }))).toBe('done');
  expect(await codeOf(script.call(contract.sites.list, { params }))).toBe('unauthenticated');

  const revisions = await browser.call(contract.sites.listRevisions, { params: { ...params, id: site.id } });
  expect(revisions.items[0]).toMatchObject({ message: 'mine', author: { id: member.user.id } });
  const { items } = await browser.call(contract.activity.list, { params });
  expect(items.map(({ event, actor }) => [event, actor])).toEqual([
    ['member.removed', admin.user.email],
    ['site.created', member.user.email],
  ]);
});

test('class "session" (CVE-2026-33031): an open event stream ends with the membership, without waiting for a heartbeat', async () => {
  const { admin, browser, params } = await team('stream');
  const member = await addMember('stream', 'viewer');
  const apply = await write(async (tx) => {
    const plan = await tx.plan.create({ data: { teamId: admin.team.id, hash: 'h', status: 'ready' } });
    return tx.apply.create({
      data: { teamId: admin.team.id, planId: plan.id, planHash: 'h', status: 'running' },
    });
  });
  const { cookie } = await cookieOf(member.user.id);
  const response = await server.fetch(`/api/v1/teams/stream/applies/${apply.id}/events`, {
    headers: browserHeaders(cookie),
  });
  expect(response.status).toBe(200);
  const reader = response.body?.getReader();
  const next = async () => new TextDecoder().decode((await reader?.read())?.value);
  expect(await next()).toContain('retry');
  expect(await next()).toContain('"running"');
  await browser.call(contract.members.remove, { params: { ...params, id: member.user.id } });
  expect((await reader?.read())?.done).toBe(true);
});

test('a team keeps an admin who can sign in, even when two go at once', async () => {
  const { admin, browser, params } = await team('last');
  const self = { ...params, id: admin.user.id };
  const demote = () => browser.call(contract.members.update, { params: self, body: { role: 'viewer' } });
  expect(await codeOf(demote())).toBe('conflict');
  expect(await codeOf(browser.call(contract.members.leave, { params }))).toBe('conflict');
  expect(await codeOf(browser.call(contract.members.remove, { params: self }))).toBe('conflict');

  const second = await addMember('last', 'admin', 'second@last.test');
  await write((tx) => tx.user.update({ where: { id: second.user.id }, data: { disabledAt: new Date() } }));
  expect(await codeOf(browser.call(contract.members.leave, { params }))).toBe('conflict');
  await write((tx) => tx.user.update({ where: { id: second.user.id }, data: { disabledAt: null } }));
  const other = await browserOf(server, second.user.id);
  const codes = await Promise.all([
    codeOf(browser.call(contract.members.leave, { params })),
    codeOf(other.call(contract.members.leave, { params })),
  ]);
  expect(codes.sort()).toEqual(['conflict', 'done']);
});

test('who may no longer invite keeps no link back in', async () => {
  const { browser, params } = await team('back');
  const second = await addMember('back', 'admin', 'second@back.test');
  const theirs = await browserOf(server, second.user.id);
  const body = { email: 'accomplice@example.com', role: 'admin' } as const;
  const made = await theirs.call(contract.invitations.create, { params, body });
  const look = () => codeOf(theirs.call(contract.invitations.look, { params: { id: made.id } }));
  expect(await look()).toBe('done');
  await browser.call(contract.members.update, {
    params: { ...params, id: second.user.id },
    body: { role: 'operator' },
  });
  expect(await look()).toBe('not-found');
  expect(await db().invitation.count({ where: { id: made.id, revokedAt: null } })).toBe(0);
});

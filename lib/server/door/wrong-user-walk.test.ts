import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '#api/contract/index';
import type { Operation } from '#api/operation';
import { can, permissions } from '#core/access/permissions';
import { Role } from '#core/access/roles';
import { db, write } from '#server/db';
import { addThings } from '#server/testing/add-things';
import { sampleRequest, type Things } from '#server/testing/sample-requests';
import {
  addMember,
  browserHeaders,
  cookieOf,
  startTestServer,
  type TestServer,
} from '#server/testing/test-server';

type Member = Awaited<ReturnType<typeof addMember>>;
let server: TestServer;
let things: Things;
let foreign: Things;
const members = {} as Record<Role, Member>;
let stranger: Member;

beforeAll(async () => {
  server = await startTestServer();
  for (const role of Role.options) members[role] = await addMember('ours', role);
  stranger = await addMember('theirs', 'admin');
  things = await addThings(members.admin.team.id, members.admin.user.id, 'ours');
  foreign = await addThings(stranger.team.id, stranger.user.id, 'theirs');
});
afterAll(() => server.stop());

async function ask(
  operation: Operation,
  headers: Record<string, string>,
  team = 'ours',
  of: Things = things,
) {
  // Its own address for each operation: wrong tokens are counted by address.
  const from = { 'x-gatehouse-address': `from ${operation.id}` };
  const { url, init } = sampleRequest(operation, team, of, { ...headers, ...from });
  const response = await server.fetch(url, init);
  await response.body?.cancel();
  return response.status;
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const guarded = operations.filter(({ gate }) => gate.kind !== 'public');
const ofTeam = operations.filter(({ gate }) => gate.kind === 'team');

describe.each(guarded.map((operation) => [operation.id, operation] as const))('%s', (_, operation) => {
  test('nobody gets in without a session or token', async () => {
    expect(await ask(operation, browserHeaders())).toBe(401);
    expect(await ask(operation, browserHeaders('gatehouse.session_token=made.up'))).toBe(401);
    expect(await ask(operation, bearer('gh_made-up'))).toBe(401);
    expect(await ask(operation, { authorization: 'Basic YTpi' })).toBe(401);
  });

  test('class "session" (CVE-2026-33031): what was ended stops at once', async () => {
    const { user, token, tokenId } = await addMember('ended', 'admin', `${operation.id}@ended.test`);
    const { cookie, sessionId } = await cookieOf(user.id);
    await write((tx) => tx.apiToken.update({ where: { id: tokenId }, data: { expiresAt: new Date(0) } }));
    expect(await ask(operation, bearer(token), 'ended')).toBe(401);
    const revoked = { expiresAt: null, revokedAt: new Date() };
    await write((tx) => tx.apiToken.update({ where: { id: tokenId }, data: revoked }));
    expect(await ask(operation, bearer(token), 'ended')).toBe(401);
    await write((tx) => tx.apiToken.update({ where: { id: tokenId }, data: { revokedAt: null } }));
    await write((tx) => tx.user.update({ where: { id: user.id }, data: { disabledAt: new Date() } }));
    expect(await ask(operation, bearer(token), 'ended')).toBe(401);
    expect(await ask(operation, browserHeaders(cookie), 'ended')).toBe(401);
    await write((tx) => tx.user.update({ where: { id: user.id }, data: { disabledAt: null } }));
    await write((tx) => tx.session.delete({ where: { id: sessionId } }));
    expect(await ask(operation, browserHeaders(cookie), 'ended')).toBe(401);
  });
});

describe.each(operations.map((operation) => [operation.id, operation] as const))('%s', (_, operation) => {
  test('class "cross-site request": a page of another site cannot use the cookie', async () => {
    const { cookie } = await cookieOf(members.admin.user.id);
    const own = browserHeaders(cookie);
    const { origin: _origin, 'sec-fetch-site': _site, ...bare } = own;
    expect(await ask(operation, { ...own, origin: 'https://evil.example' })).toBe(403);
    expect(await ask(operation, { ...own, origin: 'null' })).toBe(403);
    expect(await ask(operation, { ...bare, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await ask(operation, { ...bare, 'sec-fetch-site': 'same-site' })).toBe(403);
    if (operation.method !== 'GET') expect(await ask(operation, bare)).toBe(403);
  });
});

describe.each(ofTeam.map((operation) => [operation.id, operation] as const))('%s', (_, operation) => {
  const permission = operation.gate.kind === 'team' ? operation.gate.permission : 'team.read';

  test('another team’s member finds nothing, by slug or by id', async () => {
    const { cookie } = await cookieOf(stranger.user.id);
    for (const team of ['ours', members.admin.team.id, 'no-such-team']) {
      expect(await ask(operation, browserHeaders(cookie), team)).toBe(404);
      if (operation.gate.kind === 'team' && !operation.gate.sessionOnly) {
        expect(await ask(operation, bearer(stranger.token), team)).toBe(404);
      }
    }
  });

  test('a token is for its one team, whatever else its owner may', async () => {
    const both = await addMember('ours', 'admin', `${operation.id}@both.test`);
    await addMember('second', 'admin', both.user.email);
    const expected = operation.gate.kind === 'team' && operation.gate.sessionOnly ? 403 : 404;
    expect(await ask(operation, bearer(both.token), 'second')).toBe(expected);
  });

  test('a token whose scopes lack the permission is refused, whatever its owner may', async () => {
    const others = permissions.filter((other) => other !== permission);
    const { token } = await addMember('ours', 'admin', `${operation.id}@scopes.test`, others);
    expect(await ask(operation, bearer(token))).toBe(403);
  });

  test.each(Role.options.filter((role) => !can(role, permission)))('%s may not', async (role) => {
    expect(await ask(operation, bearer(members[role].token))).toBe(403);
    const { cookie } = await cookieOf(members[role].user.id);
    expect(await ask(operation, browserHeaders(cookie))).toBe(403);
  });
});

const withId = ofTeam.filter(({ path, body }) => path.includes('{id}') || body !== null);
describe.each(withId.map((operation) => [operation.id, operation] as const))('%s', (_, operation) => {
  test('class "object access" (CVE-2026-33030): the right team with another team’s ids touches nothing', async () => {
    const snapshot = async () =>
      JSON.stringify([
        await db().site.findMany({
          where: { teamId: stranger.team.id },
          include: { revisions: true, targets: true },
        }),
        await db().host.findMany({ where: { teamId: stranger.team.id }, include: { targets: true } }),
        await db().driftFile.findMany({ where: { teamId: stranger.team.id } }),
        await db().list.findMany({ where: { teamId: stranger.team.id }, include: { sites: true } }),
        await db().plan.findMany({ where: { teamId: stranger.team.id }, include: { applies: true } }),
        await db().webhook.findMany({ where: { teamId: stranger.team.id }, include: { deliveries: true } }),
        await db().notificationSetting.findMany({ where: { teamId: stranger.team.id } }),
        await db().apiToken.findMany({ where: { teamId: stranger.team.id }, omit: { lastUsedAt: true } }),
      ]);
    const before = await snapshot();
    const { user } = await addMember('ours', 'admin', `${operation.id}@object.test`);
    const { cookie } = await cookieOf(user.id);
    const status = await ask(operation, browserHeaders(cookie), 'ours', foreign);
    expect(await snapshot()).toBe(before);
    // Operations whose sample names nothing of another team may succeed, in the person's own team.
    const names = ['tokens.create', 'hosts.create'].includes(operation.id);
    if (names) expect([201, 422]).toContain(status);
    else expect(operation.id === 'sites.import' ? [412] : [404, 422]).toContain(status);
  });
});

test('the walk covers every operation of the contract', () => {
  expect(guarded.length + operations.filter(({ gate }) => gate.kind === 'public').length).toBe(
    operations.length,
  );
  expect(operations.filter(({ gate }) => gate.kind === 'public').map(({ id }) => id)).toEqual([
    'session.signIn',
    'session.setupStatus',
    'session.setup',
  ]);
});

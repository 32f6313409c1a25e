import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '#api/contract/index';
import type { Operation } from '#api/operation';
import { takesTokens } from '#api/takes-tokens';
import { can } from '#core/access/permissions';
import { Role } from '#core/access/roles';
import { addThings } from '#server/testing/add-things';
import { openDatabaseDigest } from '#server/testing/database-digest';
import { sampleBody, sampleRequest, type Things } from '#server/testing/sample-requests';
import {
  addMember,
  browserHeaders,
  cookieOf,
  startTestServer,
  type TestServer,
} from '#server/testing/test-server';
import { type WalkActors, walkActors } from '#server/testing/walk-actors';
import { WalkTable } from '#server/testing/walk-table';

let server: TestServer;
let things: Things;
let foreign: Things;
let actors: WalkActors;
let database: ReturnType<typeof openDatabaseDigest>;
const table = new WalkTable();

beforeAll(async () => {
  server = await startTestServer();
  actors = await walkActors();
  things = await addThings(actors.admin.teamId, actors.admin.userId, 'ours');
  foreign = await addThings(actors.stranger.teamId, actors.stranger.userId, 'theirs');
  database = openDatabaseDigest(server.dataDir);
});
afterAll(async () => {
  database.close();
  await server.stop();
  table.writeWhereAsked();
});

type Headers = Readonly<Record<string, string>>;
interface Call {
  readonly team?: string;
  /** Whose ids stand in the path, and whose in the body. */
  readonly path?: Things;
  readonly body?: Things;
  readonly query?: string;
  /** Sent instead of a body that fits. */
  readonly raw?: string;
}

async function ask(operation: Operation, headers: Headers, call: Call = {}) {
  // Its own address for each operation: wrong tokens are counted by address.
  const from = { 'x-gatehouse-address': `from ${operation.id}` };
  const path = call.path ?? things;
  const { url, init } = sampleRequest(operation, call.team ?? 'ours', path, { ...headers, ...from });
  const body = operation.body && (call.raw ?? JSON.stringify(sampleBody(operation, call.body ?? path)));
  const response = await server.fetch(url + (call.query ?? ''), { ...init, body });
  const text = response.headers.get('content-type')?.startsWith('text/event-stream')
    ? await response.body?.cancel().then(() => '')
    : await response.text();
  return { status: response.status, text: text ?? '' };
}

/** Nothing of the team's may be in a refusal: no label, no id. */
function assertTight(text: string, whose: 'ours' | 'theirs') {
  const ids = Object.values(whose === 'ours' ? things : foreign);
  for (const secret of [`-${whose}`, ...ids]) expect(text.includes(secret), `leaks ${secret}`).toBe(false);
}

/** Refused with exactly this status, not a word about the team in the answer. */
async function refused(operation: Operation, actor: string, headers: Headers, expected: number, call?: Call) {
  const { status, text } = await ask(operation, headers, call);
  expect(status, `${operation.id} by ${actor}`).toBe(expected);
  assertTight(text, 'ours');
  table.seen(operation.id, actor, String(status));
}

/** Holds that nothing at all was written meanwhile. */
async function changingNothing(work: () => Promise<void>) {
  const before = database.read();
  await work();
  expect(database.read(), 'the database as it was').toBe(before);
}

const named = (list: readonly Operation[]) => list.map((operation) => [operation.id, operation] as const);
const guarded = operations.filter(({ gate }) => gate.kind !== 'public');
const ofTeam = operations.filter(({ gate }) => gate.kind === 'team');
const isSessionOnly = (operation: Operation) => !takesTokens(operation);
const asksProof = (operation: Operation) => operation.audit !== null && operation.proof !== 'none';
const permissionOf = ({ gate }: Operation) => {
  if (gate.kind !== 'team') throw new Error('it has no permission');
  return gate.permission;
};

describe.each(named(guarded))('%s', (_, operation) => {
  test('class "missing auth" (CVE-2026-27944) and "session" (CVE-2026-33031): nobody, and nobody with access withdrawn', () =>
    changingNothing(async () => {
      for (const [actor, headers] of Object.entries(actors.outside))
        await refused(operation, actor, headers, 401);
    }));
});

describe.each(named(operations))('%s', (_, operation) => {
  test('class "cross-site request": a page of another site cannot use the cookie', () =>
    changingNothing(async () => {
      const own = actors.roles.admin.session;
      const { origin: _origin, 'sec-fetch-site': _site, ...bare } = own;
      const pages: Record<string, Headers> = {
        'another site’s page': { ...own, origin: 'https://evil.example' },
        'a page without origin': { ...own, origin: 'null' },
        'cross-site': { ...bare, 'sec-fetch-site': 'cross-site' },
        'same-site': { ...bare, 'sec-fetch-site': 'same-site' },
      };
      for (const [actor, headers] of Object.entries(pages)) await refused(operation, actor, headers, 403);
      if (operation.method !== 'GET') await refused(operation, 'no witness', bare, 403);
    }));
});

/** What can be asked without an effect: an id that nobody has, or a body that does not fit. */
function harmless(operation: Operation): Call | null {
  if (operation.path.includes('{id}')) {
    const nobody = Object.fromEntries(Object.keys(things).map((key) => [key, 'nobody'])) as unknown as Things;
    return { path: nobody, body: things };
  }
  if (operation.body) return { raw: '[]' };
  return operation.method === 'GET' ? {} : null;
}

describe.each(named(ofTeam))('%s', (_, operation) => {
  test('class "privilege" (CVE-2024-22197): other teams, roles and scopes', () =>
    changingNothing(async () => {
      const permission = permissionOf(operation);
      const sessionOnly = isSessionOnly(operation);
      const { stranger } = actors;
      for (const team of ['ours', actors.admin.teamId, 'no-such-team']) {
        await refused(operation, 'other team: session', stranger.session, 404, { team });
        await refused(operation, 'other team: token', stranger.token, sessionOnly ? 403 : 404, { team });
      }
      const elsewhere = { team: 'second' };
      await refused(
        operation,
        'token of another team',
        actors.foreignTeamToken,
        sessionOnly ? 403 : 404,
        elsewhere,
      );
      await refused(operation, 'token without the scope', actors.withoutScope(permission), 403);
      for (const role of Role.options) {
        const { session, token } = actors.roles[role];
        if (!can(role, permission)) {
          await refused(operation, role, session, 403);
          await refused(operation, `${role}: token`, token, 403);
          continue;
        }
        if (sessionOnly) await refused(operation, `${role}: token`, token, 403);
        // A person who may is let in: they learn that the thing does not exist, or that their input is wrong.
        const call = harmless(operation);
        const ways = new Map<string, Headers>([[role, session]]);
        if (!sessionOnly) ways.set(`${role}: token`, token);
        for (const [actor, headers] of ways) {
          const status = call ? (await ask(operation, headers, call)).status : 200;
          expect([200, 404, 422], `${operation.id} by ${actor}`).toContain(status);
          table.seen(operation.id, actor, 'let in');
        }
      }
    }));
});

describe.each(named(operations.filter(({ gate }) => gate.kind === 'administrator')))('%s', (_, operation) => {
  test('class "privilege" (CVE-2024-22197): only administrators look after the installation, and not by a token', () =>
    changingNothing(async () => {
      for (const role of Role.options) {
        await refused(operation, role, actors.roles[role].session, 403);
        await refused(operation, `${role}: token`, actors.roles[role].token, 403);
      }
      const { session, token } = actors.administrator;
      await refused(operation, 'administrator: token', token, 403);
      const call = harmless(operation);
      const status = call ? (await ask(operation, session, call)).status : 200;
      expect([200, 404, 422], `${operation.id} by an administrator`).toContain(status);
      table.seen(operation.id, 'administrator', 'let in');
    }));
});

describe.each(named(operations.filter(asksProof)))('%s', (_, operation) => {
  test('class "weaker credential": an open browser is not its person; a token only where the table says so', () =>
    changingNothing(async () => {
      const { session, token } =
        operation.gate.kind === 'administrator' ? actors.unproven.administrator : actors.unproven.admin;
      for (const [actor, headers] of Object.entries({
        'proven too long ago': session.before,
        'never proven': session.never,
      })) {
        const { status, text } = await ask(operation, headers);
        expect([status, (JSON.parse(text) as { code: string }).code], `${operation.id} ${actor}`).toEqual([
          403,
          'proof-required',
        ]);
        assertTight(text, 'ours');
        table.seen(operation.id, actor, '403 proof-required');
      }
      if (!takesTokens(operation)) await refused(operation, 'token of such a person', token, 403);
    }));
});

/** Which id of another team a query parameter can name. */
function foreignQuery(operation: Operation): string {
  const names = Object.keys(operation.query?.shape ?? {}).filter((name) => /Id$|^actor$/.test(name));
  const values: Record<string, string> = {
    siteId: foreign.site,
    siteIds: foreign.site,
    hostId: foreign.host,
    targetId: foreign.target,
    planId: foreign.plan,
    subjectId: foreign.site,
    listId: foreign.list,
    groupId: foreign.group,
    webhookId: foreign.webhook,
    actor: actors.stranger.userId,
  };
  return names
    .map((name) => {
      const value = values[name];
      if (value === undefined) throw new Error(`foreignQuery has no entry for ${name}`);
      return `${name}=${encodeURIComponent(value)}`;
    })
    .join('&');
}

describe.each(named(ofTeam))('%s', (_, operation) => {
  test('class "object access" (CVE-2026-33030): the right team with another team’s ids touches nothing', async () => {
    const variants: Record<string, Call> = {};
    if (operation.path.includes('{id}')) variants['foreign id in the path'] = { path: foreign, body: things };
    const bodies = operation.body
      ? [things, foreign].map((of) => JSON.stringify(sampleBody(operation, of)))
      : [];
    if (bodies[0] !== bodies[1]) variants['foreign ids in the body'] = { path: things, body: foreign };
    const query = foreignQuery(operation);
    if (query !== '') variants['foreign ids in the query'] = { query: `?${query}` };
    if (Object.keys(variants).length === 0) return;
    // Not a shared one: should it get through, it may well end its own rights.
    const { user } = await addMember('ours', 'admin', `${operation.id}@object.test`);
    const { cookie } = await cookieOf(user.id);
    await changingNothing(async () => {
      for (const [actor, call] of Object.entries(variants)) {
        const { status, text } = await ask(operation, browserHeaders(cookie), call);
        // A filter by an id of another team finds nothing.
        if (call.query) expect([200, 404], `${operation.id} with ${actor}`).toContain(status);
        else expect([404, 422], `${operation.id} with ${actor}`).toContain(status);
        assertTight(text, 'theirs');
        table.seen(operation.id, actor, String(status));
      }
    });
  });
});

test('the walk covers every operation of the contract', () => {
  const open = operations.filter(({ gate }) => gate.kind === 'public').map(({ id }) => id);
  expect(open).toEqual([
    'session.signIn',
    'session.enterCode',
    'session.setupStatus',
    'session.setup',
    'invitations.look',
    'invitations.join',
    'people.resetPassword',
    'passkeys.challenge',
    'passkeys.signIn',
    'sso.methods',
    'sso.begin',
    'sso.finish',
    'sso.byProxy',
    'shared.open',
  ]);
  const walked = table.text();
  for (const { id } of operations) expect(walked).toContain(`\`${id}\``);
});

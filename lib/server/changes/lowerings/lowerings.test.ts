import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import type { BodyInputOf } from '#api/operation';
import { db } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import {
  addMember,
  browserOf,
  codeOf,
  problemOf,
  startTestServer,
  type TestServer,
} from '#server/testing/test-server';
import { delayHours } from './ask-lowering';
import { lowerDue } from './lower-due';

type Ask = BodyInputOf<typeof contract.lowerings.ask>;
let server: TestServer;
let count = 0;

beforeAll(async () => {
  // Mail goes nowhere here: what counts is who would get it.
  server = await startTestServer({
    GATEHOUSE_SMTP_URL: 'smtp://127.0.0.1:1',
    GATEHOUSE_MAIL_FROM: 'gatehouse@example.com',
  });
});
afterAll(() => server.stop());

/** A team of its own with a control of each kind, and so many admins. */
async function team(admins: number) {
  count += 1;
  const slug = `team-${count}`;
  const params = { team: slug };
  const people = [];
  for (let index = 0; index < admins; index += 1) {
    const { user, team: row } = await addMember(slug, 'admin', `admin${index}@${slug}.test`);
    people.push({ id: user.id, teamId: row.id, browser: await browserOf(server, user.id) });
  }
  const { user: olga } = await addMember(slug, 'operator', `olga@${slug}.test`);
  const [ada] = people;
  if (!ada) throw new Error('nobody is there');
  const { teamId } = ada;
  const made = await write(async (tx) => {
    await tx.team.update({ where: { id: teamId }, data: { approvalsNeeded: 1, secondFactorNeeded: false } });
    const group = await tx.hostGroup.create({
      data: {
        teamId,
        name: 'production',
        approvalsNeeded: 2,
        restricted: true,
        hosts: { create: { teamId, name: 'web-1', transport: 'ssh', address: '192.0.2.7' } },
      },
    });
    const freeze = await tx.freezeWindow.create({
      data: {
        teamId,
        startsAt: new Date('2999-01-01T00:00:00Z'),
        endsAt: new Date('2999-01-02T00:00:00Z'),
        reason: 'release week',
      },
    });
    const host = await tx.host.findFirstOrThrow({ where: { teamId } });
    return { group: group.id, freeze: freeze.id, host: host.id };
  });
  const ask = (body: Ask, by = ada) => by.browser.call(contract.lowerings.ask, { params, body });
  return { params, teamId, people, ada, olga, ask, ...made };
}
type Team = Awaited<ReturnType<typeof team>>;

/** Every way to lower a control: the operation itself, the same asked for, and in words what it lowers. */
const ways: Readonly<
  Record<string, (of: Team) => { direct: () => Promise<unknown>; ask: Ask; words: string[] }>
> = {
  'fewer approvals of the team': ({ ada, params }) => ({
    direct: () => ada.browser.call(contract.policies.update, { params, body: { approvalsNeeded: 0 } }),
    ask: { operation: 'policies.update', body: { approvalsNeeded: 0 } },
    words: ['approvals that every apply needs: 1 → 0'],
  }),
  'fewer approvals of a group': ({ ada, params, group, host }) => {
    const body = { name: 'production', approvalsNeeded: 1, restricted: true, hostIds: [host] };
    return {
      direct: () => ada.browser.call(contract.groups.update, { params: { ...params, id: group }, body }),
      ask: { operation: 'groups.update', id: group, body },
      words: ['web-1: approvals needed: 2 → 1'],
    };
  },
  'one more who may apply': ({ ada, params, group, host, olga }) => {
    const body = {
      name: 'production',
      approvalsNeeded: 2,
      restricted: true,
      hostIds: [host],
      operatorIds: [olga.id],
    };
    return {
      direct: () => ada.browser.call(contract.groups.update, { params: { ...params, id: group }, body }),
      ask: { operation: 'groups.update', id: group, body },
      words: ['web-1: may be applied to by operator, too'],
    };
  },
  'a host into another group': ({ ada, params, host }) => {
    const body = { name: 'lax', hostIds: [host] };
    return {
      direct: () => ada.browser.call(contract.groups.create, { params, body }),
      ask: { operation: 'groups.create', body },
      words: [
        'web-1: approvals needed: 2 → 1',
        'web-1: every operator may apply, not only those of its group',
      ],
    };
  },
  'a host out of its group': ({ ada, params, host }) => ({
    direct: () =>
      ada.browser.call(contract.hosts.update, { params: { ...params, id: host }, body: { groupId: null } }),
    ask: { operation: 'hosts.update', id: host, body: { groupId: null } },
    words: ['web-1: approvals needed: 2 → 1', 'web-1: every operator may apply, not only those of its group'],
  }),
  'no group': ({ ada, params, group }) => ({
    direct: () => ada.browser.call(contract.groups.remove, { params: { ...params, id: group } }),
    ask: { operation: 'groups.remove', id: group },
    words: ['web-1: approvals needed: 2 → 1', 'web-1: every operator may apply, not only those of its group'],
  }),
  'no freeze': ({ ada, params, freeze }) => ({
    direct: () => ada.browser.call(contract.freezes.remove, { params: { ...params, id: freeze } }),
    ask: { operation: 'freezes.remove', id: freeze },
    words: ['a freeze ends or is called off: all hosts, 2999-01-01 00:00 to 2999-01-02 00:00 UTC'],
  }),
  'one more admin': ({ ada, params, olga }) => ({
    direct: () =>
      ada.browser.call(contract.members.update, {
        params: { ...params, id: olga.id },
        body: { role: 'admin' },
      }),
    ask: { operation: 'members.update', id: olga.id, body: { role: 'admin' } },
    words: [`admin: ${olga.email}`],
  }),
};

describe.each(Object.entries(ways))('class "weaker credential": %s', (_, way) => {
  test('nobody does it alone; a second admin confirms it', async () => {
    const of = await team(2);
    const { direct, ask, words } = way(of);
    const [, bob] = of.people;
    if (!bob) throw new Error('nobody is there');
    const digest = async () =>
      JSON.stringify([
        await of.ada.browser.call(contract.policies.get, { params: of.params }),
        await of.ada.browser.call(contract.team.get, { params: of.params }),
      ]);
    const before = await digest();
    expect(await problemOf(direct())).toMatchObject({ status: 409, code: 'lowers-control' });
    const asked = await of.ask(ask);
    expect(asked).toMatchObject({ lowers: words, dueAt: null });
    expect(await digest()).toBe(before);
    expect(await codeOf(of.ask(ask)), 'once').toBe('conflict');
    const params = { ...of.params, id: asked.id };
    expect(await codeOf(of.ada.browser.call(contract.lowerings.confirm, { params }))).toBe('forbidden');
    await lowerDue(new Date(Date.now() + 365 * 86_400_000));
    expect(await digest(), 'no time of its own').toBe(before);
    await bob.browser.call(contract.lowerings.confirm, { params });
    expect(await digest()).not.toBe(before);
    expect((await bob.browser.call(contract.lowerings.list, { params: of.params })).items).toEqual([]);
    const told = await db().mail.findMany({ where: { teamId: of.teamId, event: 'control.lowering' } });
    expect(told.map(({ userId }) => userId).sort(), 'every admin, both times').toEqual(
      [
        of.ada.id,
        of.ada.id,
        bob.id,
        bob.id,
        ...(words[0] === `admin: ${of.olga.email}` ? [of.olga.id] : []),
      ].sort(),
    );
    const events = await db().activity.findMany({
      where: { teamId: of.teamId },
      orderBy: { sequence: 'asc' },
    });
    expect(events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['lowering.asked', 'lowering.confirmed']),
    );
  });
});

test('an admin alone waits a day that everybody sees, and any admin calls it off', async () => {
  const of = await team(1);
  const { ask, words } = ways['fewer approvals of the team']?.(of) ?? {};
  if (!ask) throw new Error('no such way');
  const { id, dueAt } = await of.ask(ask);
  const due = Date.parse(dueAt ?? '');
  expect(due - Date.now()).toBeGreaterThan((delayHours - 1) * 3_600_000);
  const approvals = async () =>
    (await of.ada.browser.call(contract.policies.get, { params: of.params })).approvalsNeeded;
  const olga = await browserOf(server, of.olga.id);
  expect((await olga.call(contract.lowerings.list, { params: of.params })).items).toMatchObject([
    { id, lowers: words, dueAt },
  ]);
  expect(await codeOf(olga.call(contract.lowerings.cancel, { params: { ...of.params, id } }))).toBe(
    'forbidden',
  );
  await lowerDue(new Date(due - 1000));
  expect(await approvals()).toBe(1);
  await of.ada.browser.call(contract.lowerings.cancel, { params: { ...of.params, id } });
  await lowerDue(new Date(due + 1000));
  expect(await approvals(), 'called off').toBe(1);
  await of.ask(ask);
  await lowerDue(new Date(due + 60_000));
  expect(await approvals()).toBe(0);
  const last = await db().activity.findMany({
    where: { teamId: of.teamId },
    orderBy: { sequence: 'desc' },
    take: 2,
  });
  expect(last.map(({ event, actorLabel }) => [event, actorLabel])).toEqual([
    ['lowering.took-effect', 'dashboard'],
    ['policy.updated', `admin0@${of.params.team}.test`],
  ]);
});

test('who is to lose the right to object is not the one who confirms: it waits a day', async () => {
  const of = await team(2);
  const [, bob] = of.people;
  const id = bob?.id ?? '';
  expect(await of.ask({ operation: 'members.remove', id })).toMatchObject({
    lowers: [`no admin: admin1@${of.params.team}.test`],
    dueAt: expect.any(String),
  });
});

test('what was told is what happens: it ends where it would lower something else, or who asked is no admin', async () => {
  const of = await team(2);
  const [, bob] = of.people;
  if (!bob) throw new Error('nobody is there');
  const { id } = await of.ask({ operation: 'policies.update', body: { approvalsNeeded: 0 } });
  const confirm = () => bob.browser.call(contract.lowerings.confirm, { params: { ...of.params, id } });
  await write((tx) => tx.team.update({ where: { id: of.teamId }, data: { approvalsNeeded: 3 } }));
  expect(await codeOf(confirm())).toBe('stale');
  await write(async (tx) => {
    await tx.team.update({ where: { id: of.teamId }, data: { approvalsNeeded: 1 } });
    await tx.member.updateMany({ where: { userId: of.ada.id, teamId: of.teamId }, data: { role: 'viewer' } });
  });
  expect(await codeOf(confirm())).toBe('stale');
  expect((await db().team.findUniqueOrThrow({ where: { id: of.teamId } })).approvalsNeeded).toBe(1);
});

test('an invitation as admin is no way around it, and what raises a control needs nobody else', async () => {
  const of = await team(2);
  const invite = of.ada.browser.call(contract.invitations.create, {
    params: of.params,
    body: { email: 'accomplice@example.com', role: 'admin' },
  });
  expect(await problemOf(invite)).toMatchObject({
    code: 'lowers-control',
    hint: expect.stringContaining('another role'),
  });
  await of.ada.browser.call(contract.policies.update, { params: of.params, body: { approvalsNeeded: 2 } });
  expect(await codeOf(of.ask({ operation: 'policies.update', body: { approvalsNeeded: 3 } }))).toBe(
    'conflict',
  );
});

test('a team without controls has nothing to lower: its first admin makes a second', async () => {
  const { user } = await addMember('fresh', 'admin', 'first@fresh.test');
  const { user: second } = await addMember('fresh', 'viewer', 'second@fresh.test');
  const browser = await browserOf(server, user.id);
  await browser.call(contract.members.update, {
    params: { team: 'fresh', id: second.id },
    body: { role: 'admin' },
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Client } from '#api/client';
import { contract } from '#api/contract/index';
import type { BodyInputOf } from '#api/operation';
import type { Role } from '#core/access/roles';
import type { ApplyTerms } from '#core/review/undo-exemption';
import { db } from '../../platform/database/db';
import { write } from '../../platform/database/write';
import { addPlan } from '../../testing/add-plan';
import { addThings } from '../../testing/add-things';
import type { Things } from '../../testing/sample-requests';
import {
  addMember,
  browserOf,
  clientOf,
  problemOf,
  startTestServer,
  type TestServer,
} from '../../testing/test-server';

interface Person {
  readonly id: string;
  readonly client: Client;
  readonly token: string;
}
const names = {
  ada: 'editor',
  bob: 'editor',
  cy: 'operator',
  olga: 'operator',
  root: 'admin',
  rex: 'admin',
  vic: 'viewer',
} as const;
const people = {} as Record<keyof typeof names, Person>;
let server: TestServer;
let teamId: string;
let things: Things;
const params = { team: 'ours' };

async function join(name: string, role: Role): Promise<Person> {
  const { user, team, token } = await addMember('ours', role, `${name}@ours.test`);
  teamId = team.id;
  await write((tx) => tx.user.update({ where: { id: user.id }, data: { name } }));
  return { id: user.id, token, client: await browserOf(server, user.id) };
}

beforeAll(async () => {
  server = await startTestServer();
  for (const [name, role] of Object.entries(names))
    people[name as keyof typeof names] = await join(name, role);
  things = await addThings(teamId, people.ada.id, 'ours');
});
afterAll(async () => {
  await applied();
  await server.stop();
});
beforeEach(async () => {
  await applied();
  await write(async (tx) => {
    await tx.team.update({ where: { id: teamId }, data: { approvalsNeeded: 0 } });
    await tx.hostGroup.deleteMany();
    await tx.freezeWindow.deleteMany();
    await tx.applyTarget.deleteMany();
    await tx.apply.deleteMany();
  });
});

/** The host of these tests cannot be reached: what was begun fails soon. */
const applied = () =>
  vi.waitFor(
    async () => expect(await db().apply.count({ where: { status: { in: ['queued', 'running'] } } })).toBe(0),
    { timeout: 30_000 },
  );
const plan = (more: { from?: number | null; to?: number; text?: string; by?: Person } = {}) =>
  addPlan({ teamId, userId: (more.by ?? people.ada).id, things, to: 1, ...more });
const review = (who: Person, { id, hash }: { id: string; hash: string }, verdict: 'approved' = 'approved') =>
  who.client.call(contract.reviews.submit, { params: { ...params, id }, body: { planHash: hash, verdict } });
const apply = (who: Person, { id, hash }: { id: string; hash: string }, override?: string) =>
  who.client.call(contract.applies.create, {
    params,
    body: { planId: id, planHash: hash, ...(override === undefined ? {} : { override }) },
  });
const need = (approvalsNeeded: number) =>
  people.root.client.call(contract.policies.update, { params, body: { approvalsNeeded } });
/** What lowers a control takes two. */
async function agreed(body: BodyInputOf<typeof contract.lowerings.ask>): Promise<void> {
  const { id } = await people.root.client.call(contract.lowerings.ask, { params, body });
  await people.rex.client.call(contract.lowerings.confirm, { params: { ...params, id } });
}
const hour = 3_600_000;
const freeze = (groupId: string | null = null) =>
  people.root.client.call(contract.freezes.create, {
    params,
    body: {
      groupId,
      startsAt: new Date(Date.now() - hour).toISOString(),
      endsAt: new Date(Date.now() + hour).toISOString(),
      reason: 'release week',
    },
  });
const group = (more: object = {}) =>
  people.root.client.call(contract.groups.create, {
    params,
    body: { name: 'production', hostIds: [things.host], ...more },
  });

describe('four eyes, held by the server', () => {
  test('an apply waits for the approval of somebody else, and the record names who gave it', async () => {
    await need(1);
    const made = await plan();
    expect(await problemOf(apply(people.olga, made))).toMatchObject({
      status: 409,
      issues: [{ code: 'review.approvals' }],
    });
    expect(await problemOf(review(people.ada, made))).toMatchObject({ status: 403 });
    const at = { params: { ...params, id: made.id } };
    const seenBy = (who: Person) => who.client.call(contract.reviews.get, at);
    const stateOf = async (who: Person) => (await who.client.call(contract.plans.get, at)).state;
    expect(await stateOf(people.ada)).toBe('waiting-for-review');
    await review(people.olga, made);
    expect((await problemOf(apply(people.olga, made))).issues, 'not by who applies').toHaveLength(1);
    for (const who of [people.ada, people.olga, people.vic]) {
      expect(await seenBy(who), 'counts do not depend on who looks').toMatchObject({
        approvals: 1,
        state: 'ready',
      });
      expect(await stateOf(who)).toBe('ready');
    }
    const own = (await seenBy(people.olga)).missing;
    expect(own).toMatchObject([{ message: expect.stringContaining('your own approval does not count') }]);
    expect(await review(people.bob, made)).toMatchObject({ approvals: 2, missing: [] });
    const started = await apply(people.olga, made);
    await agreed({ operation: 'policies.update', body: { approvalsNeeded: 0 } });
    expect(await seenBy(people.vic), 'judged by the policy of its time').toMatchObject({
      policy: 'then',
      approvals: 1,
      approvalsNeeded: 1,
      approvalsNeededNow: 0,
      missing: [],
    });
    const reviews = (await seenBy(people.vic)).reviews.map(({ person, notCounted }) => [
      person.name,
      notCounted,
    ]);
    expect(Object.fromEntries(reviews)).toEqual({ bob: null, olga: 'applier' });
    await applied();
    const ended = (
      await people.vic.client.call(contract.applies.get, { params: { ...params, id: started.id } })
    ).status;
    expect(await stateOf(people.vic), 'named after what happened to it').toBe(
      ended === 'failed' ? 'failed' : ended,
    );
    expect(ended).not.toBe('succeeded');
    const row = await db().activity.findFirstOrThrow({
      where: { subjectId: started.id, event: 'apply.started' },
    });
    expect(row.detail).toMatchObject({ approvedBy: ['bob@ours.test'] });
  });

  test('a plan that nobody applied within 30 days has expired, and is refused', async () => {
    const made = await plan();
    await write((tx) =>
      tx.plan.update({ where: { id: made.id }, data: { createdAt: new Date(Date.now() - 31 * 24 * hour) } }),
    );
    const at = { params: { ...params, id: made.id } };
    expect(await people.vic.client.call(contract.plans.get, at)).toMatchObject({
      status: 'stale',
      state: 'expired',
    });
    expect(await problemOf(apply(people.olga, made))).toMatchObject({ issues: [{ code: 'plan.expired' }] });
  });

  test('who saved the revision that it brings cannot approve it either', async () => {
    const made = await plan({ by: people.cy });
    expect(await problemOf(review(people.ada, made))).toMatchObject({ status: 403 });
  });

  test('an approval falls when something overtakes the plan, and is refused afterwards', async () => {
    await need(1);
    const made = await plan();
    await review(people.bob, made);
    const site = await db().site.findUniqueOrThrow({
      where: { id: things.site },
      include: { revisions: true },
    });
    const document = site.revisions[0]?.document ?? {};
    await write(async (tx) => {
      await tx.siteRevision.create({
        data: { siteId: site.id, number: 2, document, authorId: people.ada.id },
      });
      await tx.site.update({ where: { id: site.id }, data: { head: 2 } });
    });
    const state = await people.olga.client.call(contract.reviews.get, { params: { ...params, id: made.id } });
    expect(state).toMatchObject({ status: 'stale', approvals: 0, reviews: [{ notCounted: 'outdated' }] });
    expect((await problemOf(apply(people.olga, made))).status).toBe(412);
    expect((await problemOf(review(people.cy, made))).status).toBe(412);
    await write(async (tx) => {
      await tx.site.update({ where: { id: site.id }, data: { head: 1 } });
      await tx.siteRevision.deleteMany({ where: { siteId: site.id, number: 2 } });
    });
  });

  test('it is bound to the hash that was looked at', async () => {
    const made = await plan();
    expect((await problemOf(review(people.bob, { id: made.id, hash: 'other' }))).status).toBe(412);
    await review(people.bob, made);
    await need(1);
    await write((tx) =>
      tx.planReview.updateMany({ where: { planId: made.id }, data: { planHash: 'other' } }),
    );
    expect((await problemOf(apply(people.olga, made))).issues).toMatchObject([{ code: 'review.approvals' }]);
  });

  test('who asks for changes says what, blocks the apply, and may take it back', async () => {
    await need(1);
    const made = await plan();
    await review(people.bob, made);
    const object = (comment: string) =>
      people.cy.client.call(contract.reviews.submit, {
        params: { ...params, id: made.id },
        body: { planHash: made.hash, verdict: 'changes-requested', comment },
      });
    expect((await problemOf(object('  '))).status).toBe(422);
    expect((await object('line one\nline two')).missing).toMatchObject([
      { code: 'review.changes-requested' },
    ]);
    expect((await problemOf(apply(people.olga, made))).detail).toBe('cy asks for changes.');
    await people.cy.client.call(contract.reviews.withdraw, { params: { ...params, id: made.id } });
    await apply(people.olga, made);
  });

  test('class "stolen token": an approval is a person’s word, not a script’s', async () => {
    const made = await plan();
    const script = clientOf(server, people.bob.token);
    const body = { planHash: made.hash, verdict: 'approved' as const };
    expect(
      (await problemOf(script.call(contract.reviews.submit, { params: { ...params, id: made.id }, body })))
        .status,
    ).toBe(403);
  });

  test('approvals count as long as their giver may review', async () => {
    await need(1);
    const made = await plan();
    await review(people.bob, made);
    await write((tx) => tx.user.update({ where: { id: people.bob.id }, data: { disabledAt: new Date() } }));
    expect((await problemOf(apply(people.olga, made))).issues).toHaveLength(1);
    await write((tx) => tx.user.update({ where: { id: people.bob.id }, data: { disabledAt: null } }));
    await apply(people.olga, made);
  });

  test('members are asked; authors, viewers and strangers are not', async () => {
    await people.root.client.call(contract.webhooks.create, {
      params,
      body: { name: 'chat', kind: 'json', url: 'https://hooks.example.com/x', events: ['approval.asked'] },
    });
    const made = await plan();
    const ask = (...userIds: string[]) =>
      people.ada.client.call(contract.reviews.request, {
        params: { ...params, id: made.id },
        body: { userIds },
      });
    expect(
      (await ask(people.bob.id, people.cy.id)).requested.map(({ person }) => person.name).sort(),
    ).toEqual(['bob', 'cy']);
    expect((await ask(people.cy.id)).requested.map(({ person }) => person.name)).toEqual(['cy']);
    const told = await db().webhookDelivery.findMany({ where: { event: 'approval.asked' } });
    expect(told, 'each request tells of who is new in it').toHaveLength(1);
    const stranger = await addMember('theirs', 'admin');
    for (const id of [people.ada.id, people.vic.id, stranger.user.id])
      expect((await problemOf(ask(id))).issues).toMatchObject([{ path: ['userIds', 0] }]);
  });
});

describe('host groups and freezes, held by the server', () => {
  test('the strictest rule of the hosts concerned holds', async () => {
    const { id } = await group({ approvalsNeeded: 1 });
    const made = await plan();
    expect((await problemOf(apply(people.olga, made))).detail).toContain('Hosts of production need');
    await agreed({
      operation: 'groups.update',
      id,
      body: { name: 'production', approvalsNeeded: 1, hostIds: [] },
    });
    await apply(people.olga, made);
  });

  test('a restricted group lets in its operators and admins only', async () => {
    await group({ restricted: true, operatorIds: [people.olga.id] });
    const made = await plan();
    expect(await problemOf(apply(people.cy, made))).toMatchObject({
      status: 403,
      issues: [{ code: 'policy.restricted' }],
    });
    await apply(people.olga, made);
  });

  test('in a freeze nothing is applied, unless an admin says why; that goes into the record', async () => {
    const { id } = await group();
    await freeze(id);
    const made = await plan();
    expect((await problemOf(apply(people.olga, made, 'I want to'))).issues).toMatchObject([
      { code: 'policy.frozen' },
    ]);
    expect((await problemOf(apply(people.root, made))).status).toBe(409);
    expect((await problemOf(apply(people.root, made, '  '))).status).toBe(422);
    const started = await apply(people.root, made, 'the site is down');
    const row = await db().activity.findFirstOrThrow({
      where: { subjectId: started.id, event: 'apply.started' },
    });
    expect(row.detail).toMatchObject({
      freezeOverridden: 'the site is down',
      freezes: ['production: release week'],
    });
  });

  test('a freeze of other hosts is in nobody’s way', async () => {
    const { id } = await group({ hostIds: [] });
    await freeze(id);
    await apply(people.olga, await plan());
  });

  /** What was applied before, hours ago, under what the policies asked for then. */
  const past = async (from: number | null, to: number, hoursAgo: number, terms: Partial<ApplyTerms> = {}) => {
    const { id, hash } = await plan({ from, to, text: `${from} to ${to}, ${hoursAgo} hours ago\n` });
    const at = new Date(Date.now() - hoursAgo * hour);
    await write((tx) =>
      tx.apply.create({
        data: {
          teamId,
          planId: id,
          planHash: hash,
          status: 'succeeded',
          createdAt: at,
          terms: { exempt: false, asked: 0, approvals: 2, freezes: [], ...terms },
          targets: {
            create: {
              targetId: things.target,
              status: 'succeeded',
              finishedAt: at,
              moves: [{ siteId: things.site, from, to }],
            },
          },
        },
      }),
    );
  };
  const revisions = (count: number) =>
    write(async (tx) => {
      const { document } = await tx.siteRevision.findFirstOrThrow({
        where: { siteId: things.site, number: 1 },
      });
      const name = (number: number) => ({ ...(document as object), notes: `revision ${number}` });
      for (let number = 2; number <= count; number += 1)
        await tx.siteRevision.upsert({
          where: { siteId_number: { siteId: things.site, number } },
          create: { siteId: things.site, number, document: name(number), authorId: people.ada.id },
          update: {},
        });
      await tx.site.update({ where: { id: things.site }, data: { head: count } });
    });

  test('one step back from what was approved waits for neither approvals nor the end of a freeze that was known', async () => {
    await revisions(2);
    await need(2);
    const { id: known } = await freeze();
    await past(null, 1, 3, { asked: 2 });
    await past(1, 2, 1, { asked: 2, freezes: [known] });
    const other = await plan({ from: 2, to: 3, text: 'other\n' });
    expect((await problemOf(apply(people.olga, other))).status).toBe(409);
    const back = await plan({ from: 2, to: 1, text: 'back\n' });
    const started = await apply(people.olga, back);
    const row = await db().apply.findUniqueOrThrow({ where: { id: started.id }, include: { targets: true } });
    expect(row.terms).toEqual({ exempt: true, asked: 2, approvals: 0, freezes: [known] });
    expect(row.targets[0]?.moves).toEqual([{ siteId: things.site, from: 2, to: 1 }]);
  });

  test('class "exemption by shape": what was withdrawn, a later freeze, a raised policy and a return under a new number wait', async () => {
    await revisions(2);
    await need(1);
    await past(null, 1, 9, { asked: 1 });
    await past(1, 2, 8, { asked: 1 });
    const back = { from: 2, to: 1, text: 'back\n' } as const;
    const state = async (made: { id: string }) =>
      people.olga.client.call(contract.reviews.get, { params: { ...params, id: made.id } });
    expect((await state(await plan(back))).missing).toEqual([]);
    const { id: later } = await freeze();
    expect((await state(await plan(back))).missing).toMatchObject([{ code: 'policy.frozen' }]);
    await agreed({ operation: 'freezes.remove', id: later });
    await need(2);
    expect(await state(await plan(back))).toMatchObject({
      missing: [{ code: 'review.approvals' }],
      notes: [{ code: 'undo.policy-raised' }],
    });
    await agreed({ operation: 'policies.update', body: { approvalsNeeded: 1 } });
    await past(2, 1, 7, { asked: 1, approvals: 0, exempt: true });
    const again = await plan({ from: 1, to: 2, text: 'again\n' });
    expect(await state(again)).toMatchObject({
      missing: [{ code: 'review.approvals' }],
      notes: [{ code: 'undo.of-undo' }],
    });
    expect((await problemOf(apply(people.olga, again))).issues).toMatchObject([{ code: 'review.approvals' }]);
    // The text of revision 1 comes back as revision 3: that withdraws 2 as well.
    await revisions(3);
    await write(async (tx) => {
      const first = await tx.siteRevision.findFirstOrThrow({ where: { siteId: things.site, number: 1 } });
      await tx.siteRevision.updateMany({
        where: { siteId: things.site, number: 3 },
        data: { document: first.document ?? {} },
      });
      await tx.applyTarget.deleteMany();
    });
    await past(null, 1, 9, { asked: 1 });
    await past(1, 2, 8, { asked: 1 });
    await past(2, 3, 7, { asked: 1 });
    const forth = await plan({ from: 3, to: 2, text: 'forth\n' });
    expect((await state(forth)).notes).toMatchObject([{ code: 'undo.of-undo' }]);
    await revisions(2);
  });

  test('policies are changed by admins, and the record says from what to what', async () => {
    await need(2);
    const [row] = await db().activity.findMany({
      where: { event: 'policy.updated' },
      orderBy: { sequence: 'desc' },
      take: 1,
    });
    expect(row?.detail).toEqual({ fields: [{ path: 'approvalsNeeded', before: '0', after: '2' }] });
    const { id } = await group({ operatorIds: [people.olga.id] });
    expect((await problemOf(group())).status, 'a name is taken once').toBe(409);
    await people.root.client.call(contract.hosts.update, {
      params: { ...params, id: things.host },
      body: { groupId: null },
    });
    const policies = await people.vic.client.call(contract.policies.get, { params });
    expect(policies.groups).toMatchObject([{ name: 'production', hosts: [], operators: [{ name: 'olga' }] }]);
    await people.root.client.call(contract.groups.remove, { params: { ...params, id } });
    expect((await people.vic.client.call(contract.policies.get, { params })).groups).toEqual([]);
  });
});

describe('comments', () => {
  test('on the plan, a file or a line of it; on nothing else; changed and deleted by their author alone', async () => {
    const made = await plan();
    const say = (who: Person, body: object) =>
      who.client.call(contract.comments.create, {
        params: { ...params, id: made.id },
        body: { body: 'why\n<b>this</b>?', ...body },
      });
    const file = { targetId: things.target, path: '/etc/nginx/sites-available/gatehouse-ci.conf' };
    const first = await say(people.bob, {});
    await say(people.cy, { ...file, line: 1 });
    for (const wrong of [
      { ...file, path: '/etc/passwd' },
      { ...file, line: 99 },
      { path: file.path },
      { line: 1 },
    ])
      expect((await problemOf(say(people.bob, wrong))).status).toBe(422);
    const edit = (who: Person) =>
      who.client.call(contract.comments.update, {
        params: { ...params, id: first.id },
        body: { body: 'because' },
      });
    const remove = (who: Person) =>
      who.client.call(contract.comments.remove, { params: { ...params, id: first.id } });
    expect((await problemOf(edit(people.root))).status).toBe(403);
    expect((await problemOf(remove(people.root))).status).toBe(403);
    expect((await edit(people.bob)).editedAt).not.toBeNull();
    const list = () => people.vic.client.call(contract.comments.list, { params: { ...params, id: made.id } });
    expect((await list()).items.map(({ body, line }) => [body, line])).toEqual([
      ['because', null],
      ['why\n<b>this</b>?', 1],
    ]);
    await remove(people.bob);
    expect((await list()).items).toHaveLength(1);
    const record = await db().activity.findMany({ where: { subjectId: made.id } });
    expect(record.map(({ event }) => event).sort()).toEqual([
      'plan.comment-deleted',
      'plan.comment-edited',
      'plan.commented',
      'plan.commented',
    ]);
  });
});

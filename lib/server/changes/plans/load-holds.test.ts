import { afterAll, beforeAll, expect, it } from 'vitest';
import { contract } from '#api/contract/index';
import { TargetPlan } from '#core/plan/target-plan';
import { teamDb } from '../../platform/database/db';
import { write } from '../../platform/database/write';
import { addPlan } from '../../testing/add-plan';
import { addThings } from '../../testing/add-things';
import type { Things } from '../../testing/sample-requests';
import { addMember, clientOf, codeOf, startTestServer, type TestServer } from '../../testing/test-server';
import { recordApplied } from '../applies/record-applied';
import { loadHolds, withHolds } from './load-holds';
import { loadPlanTargets } from './load-plan-targets';

let server: TestServer;
let things: Things;
let who: { readonly teamId: string; readonly userId: string };
let ada: ReturnType<typeof clientOf>;

beforeAll(async () => {
  server = await startTestServer();
  const { team, user, token } = await addMember('ours', 'admin');
  who = { teamId: team.id, userId: user.id };
  things = await addThings(team.id, user.id, 'ours');
  ada = clientOf(server, token);
});
afterAll(() => server.stop());

const site = () => ada.call(contract.sites.get, { params: { team: 'ours', id: things.site } });

/** Records that an apply has brought the site from one revision to another. */
async function applied(from: number | null, to: number) {
  const plan = await addPlan({ ...who, things, from, to });
  const [target] = await teamDb(who.teamId).planTarget.findMany({ where: { planId: plan.id } });
  const apply = await write((tx) =>
    tx.apply.create({
      data: {
        teamId: who.teamId,
        planId: plan.id,
        planHash: plan.hash,
        status: 'succeeded',
        requestedById: who.userId,
      },
    }),
  );
  await write((tx) => recordApplied(tx, TargetPlan.parse(target?.document), [], apply.id));
}

async function save(description: string) {
  const { document, head, targets } = await site();
  const body = {
    document: { ...document, description },
    targetIds: targets.map(({ targetId }) => targetId),
    message: '',
  };
  await ada.call(contract.sites.update, {
    params: { team: 'ours', id: things.site },
    body,
    ifMatch: head,
  });
}

/** What a plan of the site would bring to its target. */
async function planned() {
  const db = teamDb(who.teamId);
  const holds = await loadHolds(db, [things.site]);
  const kept = holds.map(({ siteId, targetId, revision }) => [`${siteId} ${targetId}`, revision] as const);
  const [target] = await loadPlanTargets(db, [things.site], undefined, new Map(kept));
  return { to: target?.sites[0]?.to, holds };
}

it('keeps what was undone from coming back until somebody saves or lifts', async () => {
  await applied(null, 1);
  await save('second');
  await applied(1, 2);
  expect((await planned()).holds).toEqual([]);

  await applied(2, 1);
  const { to, holds } = await planned();
  expect(to).toBe(1);
  expect(holds).toMatchObject([{ revision: 1, head: 2, by: 'admin' }]);
  expect((await site()).targets[0]).toMatchObject({ appliedRevision: 1, held: { head: 2 } });
  const plan = await addPlan({ ...who, things, from: 1, to: 1 });
  const [row] = await teamDb(who.teamId).planTarget.findMany({ where: { planId: plan.id } });
  expect(withHolds(TargetPlan.parse(row?.document), holds).issues).toMatchObject([
    { code: 'plan.held', message: expect.stringContaining('stays at revision 1: admin undid revision 2') },
  ]);

  // Another revision is another intent.
  await save('third');
  expect((await planned()).to).toBe(3);
  expect((await site()).targets[0]?.held).toBeNull();

  await applied(1, 3);
  await applied(3, 1);
  expect((await planned()).to).toBe(1);
  const lift = () => ada.call(contract.sites.liftHold, { params: { team: 'ours', id: things.site } });
  expect((await lift()).targets[0]?.held).toBeNull();
  expect((await planned()).to).toBe(3);
  expect(await codeOf(lift())).toBe('conflict');
});

import { performance } from 'node:perf_hooks';
import { contract } from '#api/contract/index';
import { onApplyChanged } from '#server/changes/applies/apply-bus';
import { driftChecksIdle } from '#server/changes/drift/drift-jobs';
import { closeHosts } from '#server/hosts/open-host';
import { db } from '#server/platform/database/db';
import { addMember } from '#server/testing/test-server';
import { ended, openDashboard, type PlanResult, team, tell, tellPlan } from '../../../e2e/apply/dashboard';
import type { World } from '../../../e2e/apply/world';
import { benchSite } from './bench-site';
import type { Contender } from './contender';

/** Waits for the end of an apply without asking more often than something happens. */
function endOf(applyId: string): Promise<void> {
  return new Promise((resolve) => {
    const look = async () => {
      const row = await db().apply.findUniqueOrThrow({ where: { id: applyId } });
      if (row.finishedAt === null) return;
      off();
      resolve();
    };
    const off = onApplyChanged(applyId, () => void look());
    void look();
  });
}

/** Ours: plan (read, test, probe), apply (write, test, reload, prove), probe, confirm. */
export async function dashboardContender(
  world: World,
  most: number,
  targets: readonly string[] = [world.nginx],
): Promise<Contender> {
  const { dashboard } = world;
  const ids: string[] = [];
  for (let index = 0; index < most; index += 1)
    ids.push(await dashboard.createSite(benchSite('ours', index, 10), targets));
  const first = await dashboard.apply(await dashboard.plan(ids));
  if (first.status !== 'succeeded') throw new Error(tell(first));
  // A person may change things 120 times a minute, so somebody else makes the second revisions.
  const { token } = await addMember(team, 'admin', 'second@bench.test');
  const colleague = openDashboard(dashboard.server, token);
  for (const id of ids)
    await colleague.editSite(id, (document) => Object.assign(document, { limits: { bodySizeMib: 11 } }));
  let count = 1;
  let last: string | null = null;
  const plan = (): Promise<PlanResult> =>
    last === null
      ? dashboard.plan(ids.slice(0, count))
      : dashboard.client.call(contract.applies.undo, { params: { team, id: last } });
  return {
    name: 'Gatehouse',
    rounds: () => 3,
    async prepare(files) {
      count = files;
      // After an apply the host is compared with what was left there; nothing else should be measured meanwhile.
      await driftChecksIdle();
    },
    async run() {
      const made = await plan();
      if (made.status !== 'ready') throw new Error(tellPlan(made));
      const reviewedAt = performance.now();
      const { id } = await dashboard.start(made);
      await endOf(id);
      const reviewedMs = performance.now() - reviewedAt;
      const apply = await dashboard.get(id);
      if (!ended(apply) || apply.status !== 'succeeded') throw new Error(tell(apply));
      // Back and forth between two revisions: what was applied is undone next.
      last = last === null ? id : null;
      return { reviewedMs };
    },
    disconnect: closeHosts,
    stop: async () => undefined,
  };
}

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import { labAvailable } from '#lab/index';
import { recoverApplies } from '#server/changes/applies/recover-applies';
import { problemOf } from '#server/testing/test-server';
import { type ApplyResult, ended, type PlanResult, siteDocument, team, tell } from './dashboard';
import { applyInChild, type DashboardChild } from './dashboard-child';
import { startWorld, type World } from './world';

const available = labAvailable();
const nginxPath = '/usr/sbin/nginx';

describe.skipIf(available !== true)(`being cut off${available === true ? '' : ` (${available})`}`, () => {
  let world: World;
  let siteId: string;
  let plan: PlanResult;
  let before: string;
  let child: DashboardChild | undefined;
  let size = 40;

  beforeAll(async () => {
    world = await startWorld();
    const { dashboard, nginx } = world;
    siteId = await dashboard.createSite(siteDocument(), [nginx]);
    const apply = await dashboard.apply(await dashboard.plan([siteId]));
    expect(apply.status, tell(apply)).toBe('succeeded');
  });
  beforeEach(async () => {
    size += 1;
    await world.dashboard.editSite(siteId, (document) =>
      Object.assign(document, { limits: { bodySizeMib: size } }),
    );
    plan = await world.dashboard.plan([siteId]);
    expect(plan.status).toBe('ready');
    before = await world.tree();
  });
  afterEach(async () => {
    await child?.kill();
    await quickTests();
  });
  afterAll(() => world?.stop());

  /** nginx’s test of a configuration takes its time, until `quickTests`. */
  const slowTests = () =>
    world.host.exec(`
      mv ${nginxPath} ${nginxPath}.real
      printf '#!/bin/sh\\n[ "$1" != -t ] || sleep 3\\nexec ${nginxPath}.real "$@"\\n' >${nginxPath}
      chmod 755 ${nginxPath}
    `);
  const quickTests = () => world.host.exec(`[ ! -e ${nginxPath}.real ] || mv ${nginxPath}.real ${nginxPath}`);
  const at = (step: string) => (apply: ApplyResult) =>
    apply.targets[0]?.steps.some(({ name, status }) => name === step && status === 'running') ?? false;

  const resume = (apply: ApplyResult) =>
    world.dashboard.client.call(contract.applies.create, {
      params: { team },
      body: { planId: apply.planId, planHash: apply.planHash, resume: apply.id },
    });

  /** The record says what is so: the tree is the old one or the new one, and the new revision counts as applied only there. */
  async function expectTruth(apply: ApplyResult) {
    const config = await world.host.readFile('/etc/nginx/sites-available/gatehouse-ci.conf');
    const isNew = config.includes(`client_max_body_size ${size}m`);
    expect(isNew, tell(apply)).toBe(apply.status === 'succeeded');
    if (!isNew) expect(await world.tree()).toBe(before);
    expect(await world.visit(world.host, 'https://ci.example.com/')).toMatch(/^200 /);
    const { targets } = await world.dashboard.client.call(contract.sites.get, {
      params: { team, id: siteId },
    });
    const revision = (await world.dashboard.plan([siteId])).targets[0]?.sites[0];
    expect(revision?.from === revision?.to).toBe(isNew);
    expect(targets[0]?.sync).toBe(isNew ? 'in-sync' : 'out-of-sync');
    expect(
      apply.targets[0]?.steps.some(({ status }) => status === 'running'),
      tell(apply),
    ).toBe(false);
  }

  test('G4: the link is cut without a word: interrupted meanwhile, the truth once the host is back', async () => {
    const { dashboard, host } = world;
    await slowTests();
    const { id } = await dashboard.start(plan);
    await dashboard.until(id, at('preflight'));
    await host.cutLink();
    try {
      const lost = await dashboard.until(id, ({ status }) => status === 'interrupted', 100_000);
      expect(lost.finishedAt).toBeNull();
    } finally {
      await host.restoreLink();
    }
    const apply = await dashboard.until(id, ended, 180_000);
    await quickTests();
    await expectTruth(apply);
  }, 300_000);

  test('G4: the dashboard is killed while the host works: the next start asks the host and records the truth', async () => {
    const { dashboard } = world;
    await slowTests();
    child = await applyInChild(dashboard, plan);
    const { applyId } = child;
    await dashboard.until(applyId, at('preflight'));
    await child.kill();
    expect((await dashboard.get(applyId)).status).toBe('running');
    expect(await recoverApplies()).toEqual([applyId]);
    const apply = await dashboard.until(applyId, ended, 120_000);
    expect(apply.status, tell(apply)).toBe('rolled-back');
    await quickTests();
    await expectTruth(apply);
    expect(await recoverApplies()).toEqual([]);

    // Nothing goes on by itself. A person takes it up: the same plan, checked again.
    expect(apply.resumable).toBe(true);
    const again = await dashboard.until((await resume(apply)).id, ended);
    expect(again.status, tell(again)).toBe('succeeded');
    await expectTruth(again);
    expect((await dashboard.get(applyId)).resumable).toBe(false);
    expect((await problemOf(resume(apply))).code).toBe('conflict');
    expect((await problemOf(dashboard.start(plan))).code).toBe('conflict');
  });

  test('G1: what was cut short is taken up only onto the files that were reviewed', async () => {
    const { dashboard, host } = world;
    child = await applyInChild(dashboard, plan, { dieAt: 'write' });
    await child.gone;
    await recoverApplies();
    const apply = await dashboard.until(child.applyId, ended, 120_000);
    await expectTruth(apply);
    expect(apply.resumable, tell(apply)).toBe(true);
    await host.exec('echo "# by hand" >>/etc/nginx/sites-available/gatehouse-ci.conf');
    const edited = await world.tree();
    const again = await dashboard.until((await resume(apply)).id, ended);
    expect(again).toMatchObject({ status: 'failed', failure: { code: 'apply.stale' }, resumable: false });
    expect(await world.tree()).toBe(edited);
    await host.exec("sed -i '/# by hand/d' /etc/nginx/sites-available/gatehouse-ci.conf");
  });

  test('the dashboard is killed while a person still has time to decide: the trial goes on', async () => {
    const { dashboard } = world;
    child = await applyInChild(dashboard, plan, { holdSeconds: 120 });
    const { applyId } = child;
    await dashboard.until(applyId, ({ status }) => status === 'holding', 90_000);
    await child.kill();
    await recoverApplies();
    await dashboard.until(applyId, ({ status }) => status === 'holding');
    const kept = await dashboard.client.call(contract.applies.confirm, {
      params: { team, id: applyId },
    });
    expect(kept.status, tell(kept)).toBe('succeeded');
    await expectTruth(kept);
  });
});

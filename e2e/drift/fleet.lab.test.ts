import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import { type Host, labAvailable, startEcho } from '#lab/index';
import { claimHosts, lookNow } from '#server/changes/drift/drift-jobs';
import { lookAtHost } from '#server/changes/drift/look-at-host';
import { db } from '#server/platform/database/db';
import { ended, siteDocument, team, tell, tellPlan } from '../apply/dashboard';
import { startWorld, type World } from '../apply/world';

const available = labAvailable();

describe.skipIf(available !== true)(`a fleet of four${available === true ? '' : ` (${available})`}`, () => {
  let world: World;
  let hosts: Host[];
  let siteId: string;
  const conf = '/etc/nginx/sites-available/gatehouse-ci.conf';
  const size = (bodySizeMib: number) => (document: object) =>
    Object.assign(document, { limits: { bodySizeMib } });
  const at = (id: string) => ({ params: { team, id } });
  const check = () =>
    world.dashboard.client.call(contract.drift.check, { params: { team }, body: { hostIds: 'all' } });
  const texts = () => Promise.all(hosts.map((host) => host.readFile(conf)));
  const sizes = async () =>
    (await texts()).map((text) => /client_max_body_size (\d+)m/.exec(text)?.[1] ?? 'none');

  beforeAll(async () => {
    world = await startWorld();
    const targets = [world.nginx];
    hosts = [world.host];
    for (const name of ['web2', 'web3', 'web4']) {
      const added = await world.addHost({ name });
      await startEcho({ host: added.host });
      hosts.push(added.host);
      targets.push(added.nginx);
    }
    siteId = await world.dashboard.createSite(siteDocument({ limits: { bodySizeMib: 10 } }), targets);
    const apply = await world.dashboard.apply(await world.dashboard.plan([siteId]));
    expect(apply.status, tell(apply)).toBe('succeeded');
  });
  afterAll(() => world?.stop());

  test('cancelled while the canary is at work: it ends by itself, the others are never touched', async () => {
    const { dashboard } = world;
    await dashboard.editSite(siteId, size(11));
    const plan = await dashboard.plan([siteId]);
    expect(plan.status, tellPlan(plan)).toBe('ready');
    const untouched = await Promise.all(hosts.slice(1).map((host) => host.treeHash('/etc', { times: true })));
    const { id } = await dashboard.start(plan);
    await dashboard.until(id, ({ targets }) => targets[0]?.status === 'running');
    const cancelled = await dashboard.client.call(contract.applies.cancel, at(id));
    expect(cancelled.targets.map(({ status }) => status)).toEqual([
      'running',
      'cancelled',
      'cancelled',
      'cancelled',
    ]);
    expect(cancelled.cancelledAt).not.toBeNull();
    const apply = await dashboard.until(id, ended);
    expect(apply.status, tell(apply)).toBe('cancelled');
    expect(apply.targets.map(({ status }) => status)).toEqual([
      'succeeded',
      'cancelled',
      'cancelled',
      'cancelled',
    ]);
    expect(apply.targets[1]?.failure).toMatchObject({ code: 'apply.cancelled-by-person' });
    expect(await Promise.all(hosts.slice(1).map((host) => host.treeHash('/etc', { times: true })))).toEqual(
      untouched,
    );
    expect(await sizes()).toEqual(['11', '10', '10', '10']);
    await expect(dashboard.client.call(contract.applies.cancel, at(id))).rejects.toMatchObject({
      problem: { code: 'conflict' },
    });
  });

  test('undone as a unit: only what was changed goes back, and the record says so', async () => {
    const { dashboard } = world;
    const [last] = (await dashboard.client.call(contract.applies.list, { params: { team }, query: {} }))
      .items;
    const plan = await dashboard.client.call(contract.applies.undo, at(last?.id ?? ''));
    expect(plan.status, tellPlan(plan)).toBe('ready');
    expect(plan.targets.map(({ hostName, sites }) => [hostName, sites[0]?.from, sites[0]?.to])).toEqual([
      ['web1', 2, 1],
    ]);
    const apply = await dashboard.apply(plan);
    expect(apply.status, tell(apply)).toBe('succeeded');
    expect(await sizes()).toEqual(['10', '10', '10', '10']);
    const site = await dashboard.client.call(contract.sites.get, at(siteId));
    expect(site.targets.map(({ appliedRevision, sync }) => [appliedRevision, sync])).toEqual(
      Array(4).fill([1, 'out-of-sync']),
    );
    await expect(
      dashboard.client.call(contract.applies.undo, at(last?.id ?? '')),
      'a later apply is not this one’s to undo',
    ).rejects.toMatchObject({ problem: { code: 'stale' } });
  });

  /** What was undone on a host included. */
  const planAll = () =>
    world.dashboard.client.call(contract.plans.create, {
      params: { team },
      body: { siteIds: [siteId], overruleHolds: true },
    });

  test('on trial and cancelled before all were begun: none of it stays', async () => {
    const { dashboard } = world;
    const before = await texts();
    // The first host holds what was undone there; a person who plans it anyway says so.
    expect((await dashboard.plan([siteId])).targets.map(({ sites }) => sites[0]?.to)).toEqual([1, 2, 2, 2]);
    const plan = await planAll();
    const { id } = await dashboard.start(plan, 60);
    await dashboard.until(id, ({ targets }) => targets[0]?.status === 'running');
    await dashboard.client.call(contract.applies.cancel, at(id));
    const apply = await dashboard.until(id, ended);
    expect(apply.targets.map(({ status }) => status)).toEqual([
      'rolled-back',
      'cancelled',
      'cancelled',
      'cancelled',
    ]);
    expect(await texts()).toEqual(before);
  });

  test('all four: the canary alone, then the others', async () => {
    const { dashboard } = world;
    const apply = await dashboard.apply(await planAll());
    expect(apply.status, tell(apply)).toBe('succeeded');
    expect(await sizes()).toEqual(['11', '11', '11', '11']);
    const [canary, ...others] = apply.targets.map(({ steps }) =>
      steps.map(({ startedAt }) => Date.parse(startedAt)),
    );
    const end = Math.max(...(canary ?? []));
    for (const steps of others) expect(Math.min(...steps)).toBeGreaterThanOrEqual(end);
  });

  test('nobody compares a host while an apply is under way there; afterwards it is compared at once', async () => {
    const { dashboard } = world;
    const summary = await check();
    await dashboard.editSite(siteId, size(12));
    const { id } = await dashboard.start(await dashboard.plan([siteId]), 120);
    await dashboard.until(id, ({ status }) => status === 'holding');
    const held = await check();
    const times = (from: typeof held) => from.hosts.map(({ checkedAt }) => checkedAt);
    expect(times(held)).toEqual(times(summary));
    expect(held.open, 'what is on trial is no drift').toBe(0);
    const [row] = await db().host.findMany({ where: { name: 'web1' } });
    expect(await lookAtHost(row?.id ?? '', new AbortController().signal)).toBe('busy');
    await dashboard.client.call(contract.applies.confirm, at(id));
    const deadline = Date.now() + 30_000;
    for (;;) {
      const after = await dashboard.client.call(contract.drift.summary, { params: { team } });
      if (after.hosts.every(({ checkedAt }, index) => checkedAt !== times(held)[index])) {
        expect(after.open).toBe(0);
        break;
      }
      expect(Date.now()).toBeLessThan(deadline);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });

  test('an apply does not wait for a comparison: it ends the one under way', async () => {
    const [row] = await db().host.findMany({ where: { name: 'web1' } });
    const id = row?.id ?? '';
    const look = lookNow(id);
    const release = await claimHosts([id]);
    expect(await look).toBe('stopped');
    expect(await lookNow(id)).toBe('busy');
    release();
    expect(await lookNow(id)).toBe('compared');
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, labAvailable, startEcho } from '#lab/index';
import { siteDocument, tell, tellPlan } from './dashboard';
import { startWorld, type World } from './world';

const available = labAvailable();

describe.skipIf(available !== true)(
  `one apply over several hosts${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    let second: { host: Host; nginx: string };
    let siteId: string;

    beforeAll(async () => {
      world = await startWorld();
      second = await world.addHost({ name: 'web2' });
      await startEcho({ host: second.host });
      siteId = await world.dashboard.createSite(siteDocument(), [world.nginx, second.nginx]);
    });
    afterAll(() => world?.stop());

    test('all hosts are planned and applied as one, the canary first', async () => {
      const { dashboard } = world;
      const plan = await dashboard.plan([siteId]);
      expect(plan.status, tellPlan(plan)).toBe('ready');
      expect(plan.targets.map(({ hostName }) => hostName)).toEqual(['web1', 'web2']);
      const apply = await dashboard.apply(plan);
      expect(apply.status, tell(apply)).toBe('succeeded');
      const times = apply.targets.map(({ steps }) => steps.map((step) => Date.parse(step.startedAt)));
      expect(Math.max(...(times[0] ?? []))).toBeLessThanOrEqual(Math.min(...(times[1] ?? [])));
      for (const { host } of [world, second]) {
        expect(await world.visit(host, 'https://ci.example.com/')).toMatch(/^200 /);
      }
    });

    test('a failing canary stops everything: the other host is never touched', async () => {
      const { dashboard, host } = world;
      await dashboard.editSite(siteId, (document) => Object.assign(document, { limits: { bodySizeMib: 3 } }));
      const plan = await dashboard.plan([siteId]);
      const path = plan.targets[0]?.changes.find(({ action }) => action === 'update')?.path ?? '';
      await host.writeFile(path, `${await host.readFile(path)}# by hand\n`);
      const untouched = await second.host.treeHash('/etc', { times: true });
      const apply = await dashboard.apply(plan);
      expect(apply.status, tell(apply)).toBe('failed');
      expect(apply.targets.map(({ status }) => status)).toEqual(['failed', 'cancelled']);
      expect(apply.targets[1]?.failure).toMatchObject({ code: 'apply.stopped' });
      expect(await second.host.treeHash('/etc', { times: true })).toBe(untouched);
    });

    test('on trial together, decided together: what fails on one host is undone on the other', async () => {
      const { dashboard } = world;
      const plan = await dashboard.plan([siteId]);
      expect(plan.status, tellPlan(plan)).toBe('ready');
      const before = await world.tree();
      const secondPlan = plan.targets[1]?.changes.find(({ action }) => action === 'update');
      await second.host.writeFile(secondPlan?.path ?? '', `${secondPlan?.beforeContent}# by hand\n`);
      const apply = await dashboard.apply(plan, 60);
      expect(
        apply.targets.map(({ status }) => status),
        tell(apply),
      ).toEqual(['rolled-back', 'failed']);
      expect(apply.targets[0]?.failure).toMatchObject({ code: 'apply.undone-together' });
      expect(await world.tree()).toBe(before);
    });
  },
);

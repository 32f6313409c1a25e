import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applySteps } from '#core/plan/step';
import { labAvailable } from '#lab/index';
import { recoverApplies } from '#server/applies/recover-applies';
import { ended, siteDocument, tell, tellPlan } from './dashboard';
import { applyInChild } from './dashboard-child';
import { startWorld, type World } from './world';

const available = labAvailable();

describe.skipIf(available !== true)(
  `kill -9 of the dashboard${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    let siteId: string;
    let size = 100;

    beforeAll(async () => {
      world = await startWorld();
      siteId = await world.dashboard.createSite(siteDocument(), [world.nginx]);
      const apply = await world.dashboard.apply(await world.dashboard.plan([siteId]));
      expect(apply.status, tell(apply)).toBe('succeeded');
    });
    afterAll(() => world?.stop());

    // From the step machine itself: a new step is covered by being in it.
    test.each(applySteps)(
      'G4: at “%s” the host ends wholly old or wholly new, and the record says which',
      async (step) => {
        const { dashboard, host } = world;
        size += 1;
        await dashboard.editSite(siteId, (document) =>
          Object.assign(document, { limits: { bodySizeMib: size } }),
        );
        const plan = await dashboard.plan([siteId]);
        expect(plan.status, tellPlan(plan)).toBe('ready');
        const path = plan.targets[0]?.changes.find(({ action }) => action === 'update')?.path ?? '';
        const before = await world.tree();
        const child = await applyInChild(dashboard, plan, { dieAt: step });
        expect(await child.gone).toBe('SIGKILL');
        await recoverApplies();
        const apply = await dashboard.until(child.applyId, ended, 150_000);
        const isNew = (await host.readFile(path)).includes(`client_max_body_size ${size}m`);
        expect(apply.status, tell(apply)).toBe(isNew ? 'succeeded' : apply.status);
        expect(isNew || ['rolled-back', 'failed'].includes(apply.status), tell(apply)).toBe(true);
        if (!isNew) expect(await world.tree()).toBe(before);
        expect(await world.visit(host, 'https://ci.example.com/')).toMatch(/^200 /);
        const again = await dashboard.plan([siteId]);
        expect(again.status, tellPlan(again)).toBe(isNew ? 'empty' : 'ready');
        expect(again.targets[0]?.changes.some(({ drifted }) => drifted)).toBe(false);
      },
    );
  },
);

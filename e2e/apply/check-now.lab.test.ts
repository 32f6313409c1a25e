import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import { labAvailable } from '#lab/index';
import { siteDocument, team, tell } from './dashboard';
import { startWorld, type World } from './world';

const available = labAvailable();

describe.skipIf(available !== true)(
  `checking a site now${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    let siteId: string;
    const params = () => ({ params: { team, id: siteId } });
    const site = () => world.dashboard.client.call(contract.sites.get, params());
    const check = () => world.dashboard.client.call(contract.sites.check, params());

    beforeAll(async () => {
      world = await startWorld();
      siteId = await world.dashboard.createSite(siteDocument(), [world.nginx]);
    });
    afterAll(() => world?.stop());

    test('a site that never ran is new, has not been checked, and cannot be', async () => {
      expect(await site()).toMatchObject({
        sync: 'new',
        syncSeenAt: null,
        health: 'unknown',
        healthSeen: null,
      });
      await expect(check()).rejects.toMatchObject({ problem: { code: 'conflict' } });
    });

    test('health is of the last look: of the apply, then of the check, and names its time', async () => {
      const apply = await world.dashboard.apply(await world.dashboard.plan([siteId]));
      expect(apply.status, tell(apply)).toBe('succeeded');
      const applied = await site();
      expect(applied).toMatchObject({
        sync: 'in-sync',
        health: 'healthy',
        healthSeen: { applyId: apply.id },
      });
      await world.host
        .exec(['systemctl', 'stop', 'nginx'])
        .catch(() => world.host.exec(['pkill', '-x', 'nginx']));
      expect((await site()).health, 'nobody has looked').toBe('healthy');
      const { items, notReached } = await check();
      expect(notReached).toEqual([]);
      expect(items.filter(({ status }) => status === 'passed')).toEqual([]);
      const checked = await site();
      expect(checked).toMatchObject({ health: 'unreachable', healthSeen: { applyId: null } });
      expect(Date.parse(checked.healthSeen?.at ?? '')).toBeGreaterThan(
        Date.parse(applied.healthSeen?.at ?? ''),
      );
    });

    test('a host that cannot be reached is named, and what was known keeps its time', async () => {
      const before = await site();
      await world.host.powerCut();
      const { notReached } = await check();
      expect(notReached).toHaveLength(1);
      expect((await site()).healthSeen).toEqual(before.healthSeen);
    });
  },
);

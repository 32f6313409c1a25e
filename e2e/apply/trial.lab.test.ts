import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Apply } from '#api/contract/applies';
import { contract } from '#api/contract/index';
import { labAvailable } from '#lab/index';
import { origin } from '#server/testing/test-server';
import { ended, type PlanResult, siteDocument, team, tell } from './dashboard';
import { startWorld, type World } from './world';

const available = labAvailable();

describe.skipIf(available !== true)(
  `keeping a change on trial${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    let siteId: string;
    let plan: PlanResult;
    let size = 20;
    const params = (id: string) => ({ params: { team, id } });

    beforeAll(async () => {
      world = await startWorld();
      siteId = await world.dashboard.createSite(siteDocument(), [world.nginx]);
      const apply = await world.dashboard.apply(await world.dashboard.plan([siteId]));
      expect(apply.status, tell(apply)).toBe('succeeded');
    });
    beforeEach(async () => {
      size += 1;
      await world.dashboard.editSite(siteId, (document) =>
        Object.assign(document, { limits: { bodySizeMib: size } }),
      );
      plan = await world.dashboard.plan([siteId]);
    });
    afterAll(() => world?.stop());

    const config = () => world.host.readFile('/etc/nginx/sites-available/gatehouse-ci.conf');

    test('G5: held and confirmed by a person, the change stays', async () => {
      const { dashboard } = world;
      const { id } = await dashboard.start(plan, 120);
      const held = await dashboard.until(id, ({ status }) => status === 'holding');
      expect(await config()).toContain(`${size}m`);
      const holdUntil = Date.parse(held.targets[0]?.holdUntil ?? '');
      expect(holdUntil).toBeGreaterThan(Date.now() + 60_000);
      expect(held.targets[0]?.probes.some(({ phase }) => phase === 'after')).toBe(true);
      const kept = await dashboard.client.call(contract.applies.confirm, params(id));
      expect(kept.status, tell(kept)).toBe('succeeded');
      expect(await config()).toContain(`${size}m`);
      await expect(dashboard.client.call(contract.applies.rollback, params(id))).rejects.toMatchObject({
        problem: { code: 'conflict' },
      });
    });

    test('G5: held and undone by a person, the host is byte-equal to before', async () => {
      const { dashboard } = world;
      const before = await world.tree();
      const { id } = await dashboard.start(plan, 120);
      await dashboard.until(id, ({ status }) => status === 'holding');
      expect(await world.tree()).not.toBe(before);
      const undone = await dashboard.client.call(contract.applies.rollback, params(id));
      expect(undone.status, tell(undone)).toBe('rolled-back');
      expect(undone.failure).toMatchObject({ code: 'apply.undone-on-request' });
      expect(await world.tree()).toBe(before);
    });

    test('G5: nobody decides, the host undoes the change by itself, and the dashboard says so', async () => {
      const { dashboard } = world;
      const before = await world.tree();
      const { id } = await dashboard.start(plan, 8);
      await dashboard.until(id, ({ status }) => status === 'holding');
      const undone = await dashboard.until(id, ended, 60_000);
      expect(undone.status, tell(undone)).toBe('rolled-back');
      expect(undone.failure).toMatchObject({ code: 'apply.deadline-passed' });
      expect(undone.targets[0]?.steps.map(({ name }) => name)).toContain('restore');
      expect(await world.tree()).toBe(before);
    });

    test('G8: while one change is on trial, a second apply gets a clear conflict', async () => {
      const { dashboard, nginx } = world;
      const other = await dashboard.createSite(
        siteDocument({ name: `b${size}`, hostnames: [`b${size}.example.com`] }),
        [nginx],
      );
      const second = await dashboard.plan([other]);
      expect(second.status).toBe('ready');
      const { id } = await dashboard.start(plan, 120);
      await expect(dashboard.start(second)).rejects.toMatchObject({
        problem: { code: expect.stringMatching(/conflict|stale/) },
      });
      await dashboard.until(id, ({ status }) => status === 'holding');
      const meanwhile = await dashboard.plan([other]);
      expect(meanwhile.status).toBe('blocked');
      expect(meanwhile.targets[0]?.issues).toContainEqual(
        expect.objectContaining({ code: 'host.apply-open' }),
      );
      await dashboard.client.call(contract.applies.rollback, params(id));
    });

    test('several people follow the same apply live, each to its end', async () => {
      const { dashboard } = world;
      const { id } = await dashboard.start(plan);
      const follow = async () => {
        const url = `${origin}/api/v1/teams/${team}/applies/${id}/events`;
        const response = await dashboard.server.fetch(url, {
          headers: { authorization: `Bearer ${dashboard.token}` },
        });
        expect(response.headers.get('content-type')).toBe('text/event-stream');
        let text = '';
        for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString('utf8');
        const messages = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? ''));
        return messages.map(({ apply }) => Apply.parse(apply));
      };
      const followed = await Promise.all([follow(), follow(), follow()]);
      for (const seen of followed) {
        expect(seen.length).toBeGreaterThan(2);
        expect(seen.at(-1)?.status).toBe('succeeded');
        const steps = seen.map((apply) => apply.targets[0]?.steps.length ?? 0);
        expect([...steps].sort((a, b) => a - b)).toEqual(steps);
      }
      // A late reader gets the end at once.
      expect((await follow()).map(({ status }) => status)).toEqual(['succeeded']);
    });
  },
);

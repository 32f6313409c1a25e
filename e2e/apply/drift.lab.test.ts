import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import { diff } from '#core/plan/diff';
import { labAvailable } from '#lab/index';
import { applyOnHost, rollbackOnHost } from '#server/hosts/helper/host';
import { openHost } from '#server/hosts/open-host';
import { db } from '#server/platform/database/db';
import { siteDocument, team, tell, tellPlan } from './dashboard';
import { startWorld, type World } from './world';

const available = labAvailable();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe.skipIf(available !== true)(
  `others at work on the host${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    let first: string;
    let second: string;
    const fileOf = (name: string) => `/etc/nginx/sites-available/gatehouse-${name}.conf`;

    beforeAll(async () => {
      world = await startWorld();
      const { dashboard, nginx } = world;
      first = await dashboard.createSite(siteDocument({ name: 'one', hostnames: ['one.example.com'] }), [
        nginx,
      ]);
      second = await dashboard.createSite(siteDocument({ name: 'two', hostnames: ['two.example.com'] }), [
        nginx,
      ]);
      const apply = await dashboard.apply(await dashboard.plan([first, second]));
      expect(apply.status, tell(apply)).toBe('succeeded');
    });
    afterAll(() => world?.stop());

    test('a manual edit in another site’s file survives an apply that is not about that site', async () => {
      const { dashboard, host } = world;
      const edited = `${await host.readFile(fileOf('two'))}# by hand\n`;
      await host.writeFile(fileOf('two'), edited);
      await dashboard.editSite(first, (document) => Object.assign(document, { limits: { bodySizeMib: 6 } }));
      const plan = await dashboard.plan([first]);
      expect(plan.status, tellPlan(plan)).toBe('ready');
      const kept = plan.targets[0]?.changes.find(({ path }) => path === fileOf('two'));
      expect(kept).toMatchObject({ action: 'noop', drifted: true });
      const apply = await dashboard.apply(plan);
      expect(apply.status, tell(apply)).toBe('succeeded');
      expect(await host.readFile(fileOf('two'))).toBe(edited);
    });

    test('it stays visible as drift, three ways, until somebody applies that site', async () => {
      const { dashboard, host } = world;
      const plan = await dashboard.plan([second]);
      expect(plan.status, tellPlan(plan)).toBe('ready');
      const change = plan.targets[0]?.changes.find(({ path }) => path === fileOf('two'));
      if (change?.after.kind !== 'file') throw new Error(tellPlan(plan));
      const { lastApplied, beforeContent: live, after } = change;
      const edited = diff(lastApplied, live).flatMap(({ lines }) => lines);
      expect(edited.filter(({ kind }) => kind === 'added')).toMatchObject([{ text: '# by hand' }]);
      expect(diff(lastApplied, after.content)).toEqual([]);
      const apply = await dashboard.apply(plan);
      expect(apply.status, tell(apply)).toBe('succeeded');
      expect(await host.readFile(fileOf('two'))).not.toContain('by hand');
    });

    test('a revision that changes no file counts as running without an apply', async () => {
      const { dashboard } = world;
      await dashboard.editSite(first, (document) => Object.assign(document, { description: 'only words' }));
      const site = () => dashboard.client.call(contract.sites.get, { params: { team, id: first } });
      expect((await site()).sync).toBe('out-of-sync');
      const plan = await dashboard.plan([first]);
      expect(plan.status, tellPlan(plan)).toBe('empty');
      expect((await site()).sync).toBe('in-sync');
      await expect(dashboard.start(plan)).rejects.toMatchObject({ problem: { code: 'conflict' } });
    });

    test('another plan applied to the same host in between makes a plan stale, and it says whose', async () => {
      const { dashboard } = world;
      const limits = (bodySizeMib: number) => (document: object) =>
        Object.assign(document, { limits: { bodySizeMib } });
      await dashboard.editSite(first, limits(30));
      await dashboard.editSite(second, limits(31));
      const [mine, other] = [await dashboard.plan([first]), await dashboard.plan([second])];
      const apply = await dashboard.apply(other);
      expect(apply.status, tell(apply)).toBe('succeeded');
      await expect(dashboard.start(mine)).rejects.toMatchObject({
        problem: { code: 'stale', detail: 'admin applied another plan to web1 after this one was made.' },
      });
      const shown = await dashboard.client.call(contract.plans.get, { params: { team, id: mine.id } });
      expect(shown).toMatchObject({ status: 'stale', stale: [{ code: 'plan.newer-apply' }] });
    });

    test('G8: two dashboards: the second one is told who was first, and writes nothing', async () => {
      const { dashboard, host } = world;
      await dashboard.editSite(first, (document) => Object.assign(document, { limits: { bodySizeMib: 8 } }));
      const plan = await dashboard.plan([first]);
      expect(plan.status, tellPlan(plan)).toBe('ready');

      const row = await db().host.findFirstOrThrow();
      const other = await openHost(row.id);
      const content = '# of another dashboard\n';
      const held = await applyOnHost(other, {
        applyId: 'other-dashboard-1',
        holder: 'ada@other',
        holdSeconds: 300,
        startIfStopped: false,
        server: 'nginx',
        certificates: [],
        listeners: [],
        asks: [],
        changes: [
          {
            path: '/etc/nginx/conf.d/gatehouse-other.conf',
            action: 'create',
            before: { kind: 'absent' },
            after: { kind: 'file', content, sha256: sha256(content), mode: 0o644 },
            role: 'shared',
          },
        ],
      });
      expect(held.outcome).toBe('holding');
      const before = await world.tree();
      const apply = await dashboard.apply(plan);
      expect(apply.status, tell(apply)).toBe('failed');
      expect(apply.failure).toMatchObject({ code: 'apply.conflict' });
      expect(apply.failure?.message).toContain('ada@other');
      expect(await world.tree()).toBe(before);
      const blocked = await dashboard.plan([first]);
      expect(blocked.status).toBe('blocked');
      expect(blocked.targets[0]?.issues).toContainEqual(expect.objectContaining({ code: 'host.apply-open' }));
      expect((await rollbackOnHost(other, 'other-dashboard-1')).outcome).toBe('rolled-back');
      await other.close();
      expect(await host.treeHash('/etc/nginx/conf.d')).not.toContain('gatehouse-other');
    });
  },
);

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, labAvailable, type ServerName, startEcho } from '#lab/index';
import { siteDocument, tell, tellPlan } from './dashboard';
import { startWorld, type World } from './world';

const available = labAvailable();
const servers: ServerName[] = ['apache', 'caddy'];

describe.skipIf(available !== true)(
  `the other web servers${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    beforeAll(async () => {
      world = await startWorld();
    });
    afterAll(() => world?.stop());

    describe.each(servers)('%s', (server) => {
      let host: Host;
      let siteId: string;
      let untouched: string;
      const url = `https://${server}.example.com/`;

      beforeAll(async () => {
        const added = await world.addHost({ name: server, servers: [server] });
        host = added.host;
        await startEcho({ host });
        const document = siteDocument({ name: server, hostnames: [`${server}.example.com`] });
        siteId = await world.dashboard.createSite(document, [added.targets[server] ?? '']);
        untouched = await world.tree(host);
      });

      test('G6: what is changed outside of our own files is shown in the plan, and the site serves', async () => {
        const plan = await world.dashboard.plan([siteId]);
        expect(plan.status, tellPlan(plan)).toBe('ready');
        const apply = await world.dashboard.apply(plan);
        expect(apply.status, tell(apply)).toBe('succeeded');
        expect(
          apply.targets[0]?.probes.filter(({ status }) => status !== 'passed'),
          tell(apply),
        ).toEqual([]);
        expect(await world.visit(host, url)).toMatch(/^200 /);
        const written = new Set((plan.targets[0]?.changes ?? []).map(({ path }) => path));
        const lines = untouched.split('\n');
        const moved = (await world.tree(host)).split('\n').filter((line) => !lines.includes(line));
        const unplanned = moved
          .map((line) => line.split(' ')[0] ?? '')
          .filter((path) => !written.has(path) && !path.startsWith('/etc/gatehouse'));
        expect(unplanned.filter((path) => ![...written].some((each) => each.startsWith(`${path}/`)))).toEqual(
          [],
        );
      });

      test('G9: a second plan is empty', async () => {
        const plan = await world.dashboard.plan([siteId]);
        expect(plan.status, tellPlan(plan)).toBe('empty');
      });

      test('G3: a change that breaks a working site is undone, and the old one serves', async () => {
        const { dashboard } = world;
        const before = await world.tree(host);
        await dashboard.editSite(siteId, (document) => {
          document.upstreams = [{ servers: [{ address: '127.0.0.1', port: 9999 }] }];
        });
        const apply = await dashboard.apply(await dashboard.plan([siteId]));
        expect(apply.status, tell(apply)).toBe('rolled-back');
        expect(await world.tree(host)).toBe(before);
        expect(await world.visit(host, url)).toMatch(/^200 /);
      });

      test('taking the site off takes every trace of it off the web server', async () => {
        const { dashboard } = world;
        await dashboard.editSite(siteId, () => undefined, []);
        const plan = await dashboard.plan([siteId]);
        expect(plan.status, tellPlan(plan)).toBe('ready');
        const apply = await dashboard.apply(plan);
        expect(apply.status, tell(apply)).toBe('succeeded');
        const ours = /^\/etc\/gatehouse|gatehouse( |$)/;
        const rest = (await world.tree(host)).split('\n').filter((line) => !ours.test(line));
        expect(rest.join('\n')).toBe(untouched);
      });
    });
  },
);

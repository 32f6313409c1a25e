import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, labAvailable, startEcho } from '#lab/index';
import { siteDocument, tell, tellPlan } from './dashboard';
import { startWorld, type World } from './world';

const available = labAvailable();

/** Where the files of sites belong, by the distribution whose packages the host is arranged like. */
const arrangements = [
  { layout: 'rhel', server: 'nginx', directory: '/etc/nginx/conf.d' },
  { layout: 'alpine', server: 'nginx', directory: '/etc/nginx/http.d' },
  { layout: 'rhel', server: 'apache', directory: '/etc/httpd/conf.d' },
  { layout: 'alpine', server: 'apache', directory: '/etc/apache2/conf.d' },
] as const;

describe.skipIf(available !== true)(
  `hosts arranged as other distributions do${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    beforeAll(async () => {
      world = await startWorld();
    });
    afterAll(() => world?.stop());

    describe.each(arrangements)('$layout, $server', ({ layout, server, directory }) => {
      let host: Host;
      let siteId: string;
      const name = `${layout}-${server}`;
      const url = `https://${name}.example.com/`;

      beforeAll(async () => {
        const added = await world.addHost({ name, servers: [server], layout });
        host = added.host;
        await startEcho({ host });
        const document = siteDocument({ name, hostnames: [`${name}.example.com`] });
        siteId = await world.dashboard.createSite(document, [added.targets[server] ?? '']);
      });

      test('the site’s file is where this distribution reads it, tested, serving, proven', async () => {
        const plan = await world.dashboard.plan([siteId]);
        expect(plan.status, tellPlan(plan)).toBe('ready');
        expect(plan.targets[0]).toMatchObject({ target: { layout }, preflight: { status: 'passed' } });
        expect(plan.targets[0]?.changes.map(({ path }) => path)).toContain(
          `${directory}/gatehouse-${name}.conf`,
        );
        const apply = await world.dashboard.apply(plan);
        expect(apply.status, tell(apply)).toBe('succeeded');
        expect(
          apply.targets[0]?.probes.filter(({ status }) => status !== 'passed'),
          tell(apply),
        ).toEqual([]);
        expect(await world.visit(host, url)).toMatch(/^200 /);
      });

      test('G3: a change that breaks the working site is undone, and the old one serves', async () => {
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
    });
  },
);

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLab, createSshKey, type Echo, type Host, type Lab, labAvailable, startEcho } from '#lab/index';
import { type Dashboard, siteDocument, startDashboard, tell, tellPlan } from './dashboard';

const available = labAvailable();
const servers = ['nginx', 'apache', 'caddy'] as const;

/** Somebody's block for the name of our site, read before ours and in force. */
const rivals = {
  nginx: {
    path: '/etc/nginx/sites-enabled/000-old',
    text: 'server {\n  listen 80;\n  server_name ci.example.com;\n  return 200 "old";\n}\n',
  },
  apache: {
    path: '/etc/apache2/sites-enabled/000-old.conf',
    text: '<VirtualHost *:80>\n  ServerName ci.example.com\n</VirtualHost>\n',
  },
  caddy: { path: '/etc/caddy/Caddyfile', text: 'http://ci.example.com:80 {\n\trespond "old"\n}\n' },
} as const;

describe.skipIf(available !== true).each(servers)(
  `a block of somebody else on %s${available === true ? '' : ` (${available})`}`,
  (server) => {
    let lab: Lab;
    let host: Host;
    let echo: Echo;
    let dashboard: Dashboard;
    let siteId: string;

    beforeAll(async () => {
      lab = await createLab();
      const key = await createSshKey();
      host = await lab.host({ name: 'web1', servers: [server], authorizedKeys: [key.publicKey] });
      echo = await startEcho({ host });
      dashboard = await startDashboard();
      const target = (await dashboard.enrol(host, key))[server] ?? '';
      siteId = await dashboard.createSite(siteDocument(), [target]);
    });
    afterAll(async () => {
      await dashboard?.stop();
      await echo?.stop();
      await lab?.stop();
    });

    test('a rival stops the plan, named with file and line; without it the same plan is applied', async () => {
      const { path, text } = rivals[server];
      const had = (await host.exec(['cat', path], { check: false })).stdout;
      await host.writeFile(path, text);
      const blocked = await dashboard.plan([siteId]);
      expect(blocked.status, tellPlan(blocked)).toBe('blocked');
      const found = blocked.targets[0]?.issues.filter(({ code }) => code === 'plan.rival') ?? [];
      expect(found.map(({ message }) => message).join('\n'), tellPlan(blocked)).toContain(
        `${path}:1 (ci.example.com)`,
      );
      if (had) await host.writeFile(path, had);
      else await host.exec(['rm', path]);
      const plan = await dashboard.plan([siteId]);
      expect(plan.status, tellPlan(plan)).toBe('ready');
      const apply = await dashboard.apply(plan);
      expect(apply.status, tell(apply)).toBe('succeeded');
    });

    test('a rival that comes later is reported, where the files are as they were', async () => {
      const { path, text } = rivals[server];
      const had = (await host.exec(['cat', path], { check: false })).stdout;
      await host.writeFile(path, `${text}${had}`);
      const plan = await dashboard.plan([siteId]);
      expect(plan.status, tellPlan(plan)).toBe('blocked');
      expect(plan.targets[0]?.issues.some(({ code }) => code === 'plan.rival')).toBe(true);
    });
  },
);

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  createLab,
  createSshKey,
  type Host,
  type Lab,
  labAvailable,
  type ServerName,
  serverNames,
} from '#lab/index';
import { type Dashboard, siteDocument, startDashboard, tell, tellPlan } from './dashboard';

const available = labAvailable();
const name = 'ci.example.com';

/** Blocks that were there before, and go on answering for the name of our site whatever the server's own test says. */
const rivals: Record<ServerName, Record<string, { path: string; text: (address: string) => string }>> = {
  nginx: {
    'a block of the same name that is read first': {
      path: '/etc/nginx/conf.d/000.conf',
      text: () => `server { listen 80; server_name ${name}; return 200 rival; }\n`,
    },
    'a block on the very address': {
      path: '/etc/nginx/conf.d/zzz.conf',
      text: (address) => `server { listen ${address}:80; server_name else.example.com; return 200 rival; }\n`,
    },
  },
  apache: {
    'a virtual host that sorts before': {
      path: '/etc/apache2/sites-enabled/000-rival.conf',
      text: () => `<VirtualHost *:80>\nServerName ${name}\nRedirect 404 /\n</VirtualHost>\n`,
    },
    'a virtual host on the very address': {
      path: '/etc/apache2/sites-enabled/zzz-rival.conf',
      text: (address) =>
        `<VirtualHost ${address}:80>\nServerName else.example.com\nRedirect 404 /\n</VirtualHost>\n`,
    },
  },
  caddy: {
    'a bare key beside ours': {
      path: '/etc/caddy/Caddyfile',
      text: () => `${name}:80 {\n\trespond rival\n}\n`,
    },
    'a site on the very address': {
      path: '/etc/caddy/Caddyfile',
      text: (address) => `http://else.example.com {\n\tbind ${address}\n\trespond rival\n}\n`,
    },
  },
};

describe.skipIf(available !== true).each(serverNames)(
  `a block that answers in our place, on %s${available === true ? '' : ` (${available})`}`,
  (server) => {
    let lab: Lab;
    let host: Host;
    let dashboard: Dashboard;
    let siteId: string;
    const cleanUps: (() => Promise<unknown>)[] = [];

    beforeAll(async () => {
      const key = await createSshKey();
      lab = await createLab();
      host = await lab.host({ servers: [server], authorizedKeys: [key.publicKey] });
      dashboard = await startDashboard();
      const target = (await dashboard.enrol(host, key))[server] ?? '';
      const document = siteDocument({ hostnames: [name], tls: { mode: 'none' } });
      siteId = await dashboard.createSite(document, [target]);
    });
    afterEach(async () => {
      for (const cleanUp of cleanUps.splice(0)) await cleanUp();
    });
    afterAll(async () => {
      await dashboard?.stop();
      await lab?.stop();
    });

    test.each(Object.entries(rivals[server]))('never succeeds beside %s', async (_what, { path, text }) => {
      const old = await host.readFile(path).catch(() => null);
      await host.writeFile(path, `${server === 'caddy' ? (old ?? '') : ''}\n${text(host.address)}`);
      cleanUps.push(async () => {
        if (old === null) await host.exec(['rm', '-f', path]);
        else await host.writeFile(path, old);
        await host.stopServer(server);
        await host.startServer(server);
      });
      await host.stopServer(server);
      await host.startServer(server);
      const before = await host.treeHash('/etc', { times: false });
      const plan = await dashboard.plan([siteId]);
      // A rival that the inventory has seen blocks the plan; otherwise the apply finds out.
      if (plan.status === 'blocked') return expect(tellPlan(plan)).toMatch(/rival|already|serve/i);
      const apply = await dashboard.apply(plan);
      expect(apply.status, tell(apply)).toBe('rolled-back');
      expect(apply.failure, tell(apply)).toMatchObject({ code: 'apply.other-answered', path: ['hostnames'] });
      expect(apply.failure?.message).toContain(`Another block answered for ${name} on ${host.address}:80`);
      expect(await host.treeHash('/etc', { times: false })).toBe(before);
    });
  },
);

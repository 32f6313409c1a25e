import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import { createLab, createSshKey, type Echo, type Host, type Lab, labAvailable, startEcho } from '#lab/index';
import {
  type Dashboard,
  ended,
  type PlanResult,
  siteDocument,
  startDashboard,
  team,
  tell,
  tellPlan,
} from './dashboard';

const available = labAvailable();

/** Blocks for the name of our site that somebody else made, in files with an owner and a mode of their own. */
interface Rival {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, string>>;
  /** Where the block is, and what the plan does to which path. */
  readonly at: string;
  readonly path: string;
  readonly action: 'update' | 'delete';
}

const nginxOld = 'server {\n  listen 80;\n  server_name ci.example.com;\n  return 200 "old";\n}\n';
const nginxOther = 'server {\n  listen 80;\n  server_name b.example.com;\n  return 200 "neighbour";\n}\n';
const apacheBlock = (name: string, body: string) =>
  `<VirtualHost *:80>\n  ServerName ${name}\n  RewriteEngine on\n  RewriteRule ^ /index.html [L]\n  DocumentRoot /srv/${body}\n  <Directory /srv/${body}>\n    Require all granted\n  </Directory>\n</VirtualHost>\n`;

const rivals = {
  nginx: [
    {
      what: 'an enabling link',
      files: { '/etc/nginx/sites-available/old': `# ours since 2014\n${nginxOld}` },
      links: { '/etc/nginx/sites-enabled/000-old': '../sites-available/old' },
      at: '/etc/nginx/sites-enabled/000-old:2',
      path: '/etc/nginx/sites-enabled/000-old',
      action: 'delete',
    },
    {
      what: 'one block of several',
      files: { '/etc/nginx/conf.d/many.conf': `# größer\n${nginxOld}# between\n${nginxOther}` },
      links: {},
      at: '/etc/nginx/conf.d/many.conf:2',
      path: '/etc/nginx/conf.d/many.conf',
      action: 'update',
    },
  ],
  apache: [
    {
      what: 'an enabling link',
      files: { '/etc/apache2/sites-available/000-old.conf': apacheBlock('ci.example.com', 'old') },
      links: { '/etc/apache2/sites-enabled/000-old.conf': '../sites-available/000-old.conf' },
      at: '/etc/apache2/sites-enabled/000-old.conf:1',
      path: '/etc/apache2/sites-enabled/000-old.conf',
      action: 'delete',
    },
    {
      what: 'one block of several',
      files: {
        '/etc/apache2/sites-enabled/000-many.conf': `# größer\n${apacheBlock('ci.example.com', 'old')}# between\n${apacheBlock('b.example.com', 'neighbour')}`,
      },
      links: {},
      at: '/etc/apache2/sites-enabled/000-many.conf:2',
      path: '/etc/apache2/sites-enabled/000-many.conf',
      action: 'update',
    },
  ],
  caddy: [
    {
      what: 'a block of the Caddyfile',
      files: {
        '/etc/caddy/Caddyfile':
          '# größer\nhttp://ci.example.com {\n\trespond "old"\n}\n\nhttp://b.example.com {\n\trespond "neighbour"\n}\n',
      },
      links: {},
      at: '/etc/caddy/Caddyfile:2',
      path: '/etc/caddy/Caddyfile',
      action: 'update',
    },
    {
      what: 'an imported file',
      files: {
        '/etc/caddy/Caddyfile': 'import conf.d/*.caddy\n',
        '/etc/caddy/conf.d/old.caddy': 'http://ci.example.com {\n\trespond "old"\n}\n',
      },
      links: {},
      at: '/etc/caddy/conf.d/old.caddy:1',
      path: '/etc/caddy/conf.d/old.caddy',
      action: 'delete',
    },
  ],
} as const satisfies Record<string, readonly Rival[]>;

const cases = Object.entries(rivals).flatMap(([server, list]) =>
  list.map((rival) => ({ server: server as keyof typeof rivals, rival: rival as Rival, what: rival.what })),
);
const reloads = {
  nginx: 'nginx -s reload',
  apache: 'apache2ctl graceful',
  caddy: 'caddy reload --config /etc/caddy/Caddyfile --adapter caddyfile',
};

describe.skipIf(available !== true).each(cases)(
  `$what on $server is handed over${available === true ? '' : ` (${available})`}`,
  ({ server, rival }) => {
    let lab: Lab;
    let host: Host;
    let echo: Echo;
    let dashboard: Dashboard;
    let siteId: string;
    let old: string;

    const paths = [...Object.keys(rival.files), ...Object.keys(rival.links)];
    /** Kind, mode, owner, target and text of all that somebody else made. */
    const prints = async () =>
      (
        await host.exec(
          `for f in ${paths.join(' ')}; do stat -c '%n %F %a %U:%G %N' $f 2>&1; sha256sum $f 2>&1; done`,
          { check: false },
        )
      ).stdout;
    const visit = async (name: string, scheme = 'http', port = 80) => {
      const resolve = `${name}:${port}:127.0.0.1`;
      const argv = ['curl', '-sk', '-m', '5', '--resolve', resolve, `${scheme}://${name}:${port}/`];
      return (await host.exec(argv, { check: false })).stdout;
    };
    const planned = (takeOver: string[]) =>
      dashboard.client.call(contract.plans.create, {
        params: { team },
        body: { siteIds: [siteId], takeOver: takeOver.map((id) => ({ targetId, id })) },
      });
    let targetId: string;
    const taken = async (): Promise<PlanResult> => {
      const plan = await planned([rival.at]);
      expect(plan.status, tellPlan(plan)).toBe('ready');
      expect(plan.targets[0]?.takenOver).toEqual([rival.at]);
      const change = plan.targets[0]?.changes.find(({ path }) => path === rival.path);
      expect(change).toMatchObject({ action: rival.action, role: 'handover' });
      return plan;
    };

    beforeAll(async () => {
      lab = await createLab();
      const key = await createSshKey();
      host = await lab.host({ name: 'web1', servers: [server], authorizedKeys: [key.publicKey] });
      echo = await startEcho({ host });
      await host.exec(
        'mkdir -p /srv/old /srv/neighbour /etc/caddy/conf.d; echo -n old >/srv/old/index.html; echo -n neighbour >/srv/neighbour/index.html; a2enmod -q rewrite 2>/dev/null; true',
      );
      for (const [path, text] of Object.entries(rival.files)) {
        await host.writeFile(path, text);
        if (!path.endsWith('/Caddyfile')) await host.exec(`chmod 604 ${path}; chown nobody:www-data ${path}`);
      }
      for (const [path, target] of Object.entries(rival.links)) await host.exec(`ln -s ${target} ${path}`);
      await host.exec(server === 'apache' ? 'apache2ctl restart' : reloads[server]);
      dashboard = await startDashboard();
      targetId = (await dashboard.enrol(host, key))[server] ?? '';
      siteId = await dashboard.createSite(siteDocument({ httpsPort: 9443 }), [targetId]);
      old = await prints();
    });
    afterAll(async () => {
      await dashboard?.stop();
      await echo?.stop();
      await lab?.stop();
    });

    test('the plan that is blocked by it says that it can be taken over', async () => {
      await expect.poll(() => visit('ci.example.com'), { timeout: 20_000 }).toBe('old');
      const plan = await planned([]);
      expect(plan.status, tellPlan(plan)).toBe('blocked');
      const offers = plan.targets[0]?.issues.flatMap(({ takeOver }) => takeOver ?? []);
      expect(new Set(offers), tellPlan(plan)).toEqual(new Set([rival.at]));
      expect(await prints()).toBe(old);
    });

    test('an apply that fails after it was taken away leaves it as it was, and serving', async () => {
      const plan = await taken();
      const script =
        "require('node:net').createServer(() => {}).listen(9443, '0.0.0.0', () => console.log('ready'))";
      const thief = host.spawn([process.execPath, '-e', script]);
      await new Promise((resolve) => thief.stdout?.once('data', resolve));
      const apply = await dashboard.apply(plan);
      expect(apply.status, tell(apply)).toBe('rolled-back');
      const steps = apply.targets[0]?.steps.map(({ name }) => name) ?? [];
      expect(steps).toContain('write');
      expect(await prints()).toBe(old);
      expect(await visit('ci.example.com')).toBe('old');
      thief.kill('SIGKILL');
    });

    test('an apply on trial that a person rolls back does so after it was reloaded', async () => {
      const started = await dashboard.start(await taken(), 120);
      const holding = await dashboard.until(
        started.id,
        ({ status }) => status === 'holding' || ended({ status } as never),
      );
      expect(holding.status, tell(holding)).toBe('holding');
      expect(await visit('ci.example.com')).not.toBe('old');
      await dashboard.client.call(contract.applies.rollback, { params: { team, id: started.id } });
      const apply = await dashboard.until(started.id, ended);
      expect(apply.status, tell(apply)).toBe('rolled-back');
      expect(await prints()).toBe(old);
      await expect.poll(() => visit('ci.example.com'), { timeout: 10_000 }).toBe('old');
    });

    test('what is served, what is on the disk and what is on record are the same after it, and after its undo', async () => {
      const plan = await taken();
      const apply = await dashboard.apply(plan);
      expect(apply.status, tell(apply)).toBe('succeeded');
      expect(await visit('ci.example.com', 'https', 9443)).toContain('ci.example.com');
      expect(await visit('ci.example.com')).not.toBe('old');
      if (JSON.stringify(rival.files).includes('b.example.com'))
        expect(await visit('b.example.com')).toBe('neighbour');
      const again = await dashboard.plan([siteId]);
      expect(again.status, tellPlan(again)).toBe('empty');

      const undo = await dashboard.client.call(contract.applies.undo, { params: { team, id: apply.id } });
      expect(undo.status, tellPlan(undo)).toBe('ready');
      const undone = await dashboard.apply(undo);
      expect(undone.status, tell(undone)).toBe('succeeded');
      expect(await prints()).toBe(old);
      await expect.poll(() => visit('ci.example.com'), { timeout: 10_000 }).toBe('old');
    });
  },
);

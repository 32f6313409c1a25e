import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import { createLab, createSshKey, type Echo, type Host, type Lab, labAvailable, startEcho } from '#lab/index';
import {
  type Dashboard,
  type PlanResult,
  siteDocument,
  startDashboard,
  team,
  tell,
  tellPlan,
} from './dashboard';

const available = labAvailable();

/** Files of somebody else: one that is edited, one that comes, one that goes. */
const theirs = {
  nginx: {
    main: '/etc/nginx/nginx.conf',
    fresh: '/etc/nginx/conf.d/fresh.conf',
    text: 'server {\n  listen 8099;\n  server_name fresh.example.com;\n  return 200 fresh;\n}\n',
    link: '/etc/nginx/sites-enabled/default',
    reload: 'nginx -s reload',
  },
  apache: {
    main: '/etc/apache2/apache2.conf',
    fresh: '/etc/apache2/conf-enabled/fresh.conf',
    text: 'Listen 8099\n',
    link: '/etc/apache2/sites-enabled/000-default.conf',
    reload: 'apache2ctl graceful',
  },
} as const;

describe.skipIf(available !== true).each(['nginx', 'apache'] as const)(
  `edits of others that %s has not loaded${available === true ? '' : ` (${available})`}`,
  (server) => {
    const { main, fresh, text, link, reload } = theirs[server];
    let lab: Lab;
    let host: Host;
    let echo: Echo;
    let dashboard: Dashboard;
    let siteId: string;
    let targetId: string;
    const pending = (plan: PlanResult) =>
      plan.targets[0]?.issues.filter(({ code }) => code === 'host.pending-edits') ?? [];
    const reloaded = async () => {
      await host.exec(reload);
      await expect
        .poll(async () => pending(await dashboard.plan([siteId])).length, { timeout: 20_000 })
        .toBe(0);
    };

    beforeAll(async () => {
      lab = await createLab();
      const key = await createSshKey();
      host = await lab.host({ name: 'web1', servers: [server], authorizedKeys: [key.publicKey] });
      echo = await startEcho({ host });
      dashboard = await startDashboard();
      targetId = (await dashboard.enrol(host, key))[server] ?? '';
      siteId = await dashboard.createSite(siteDocument(), [targetId]);
      // The clocks of files and of processes are told apart from two seconds on.
      await new Promise((resolve) => setTimeout(resolve, 4000));
    });
    afterAll(async () => {
      await dashboard?.stop();
      await echo?.stop();
      await lab?.stop();
    });

    test.each([
      ['a changed main file', main, `echo '# later' >>${main}`],
      ['a link that was taken away', link, `mv ${link} /root/link`],
    ])('%s stops the plan until it is loaded', async (_, path, act) => {
      expect(pending(await dashboard.plan([siteId]))).toEqual([]);
      await host.exec(act);
      const plan = await dashboard.plan([siteId]);
      expect(plan.status, tellPlan(plan)).toBe('blocked');
      expect(pending(plan).map(({ message }) => message.split(' ')[0])).toEqual([path]);
      await reloaded();
      await new Promise((resolve) => setTimeout(resolve, 4000));
    });

    test('a new file that a person lets through comes with the apply, and the reason is on record', async () => {
      await host.writeFile(fresh, text);
      const plan = await dashboard.plan([siteId]);
      expect(plan.status, tellPlan(plan)).toBe('blocked');
      const [issue] = pending(plan);
      expect(issue?.message).toContain(`${fresh} is new`);
      const accept = [{ targetId, id: issue?.decision ?? '', reason: 'it is ours too' }];
      const through = await dashboard.client.call(contract.plans.create, {
        params: { team },
        body: { siteIds: [siteId], accept },
      });
      expect(through.status, tellPlan(through)).toBe('ready');
      expect(through.targets[0]?.accepted).toMatchObject([{ reason: 'it is ours too' }]);
      const apply = await dashboard.apply(through);
      expect(apply.status, tell(apply)).toBe('succeeded');
      expect(pending(await dashboard.plan([siteId]))).toEqual([]);
    });
  },
);

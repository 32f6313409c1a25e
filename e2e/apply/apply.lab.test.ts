import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLab, createSshKey, type Echo, type Host, type Lab, labAvailable, startEcho } from '#lab/index';
import { type Dashboard, siteDocument, startDashboard, tell, tellPlan } from './dashboard';

const available = labAvailable();

describe.skipIf(available !== true)(
  `the way of a site to a host${available === true ? '' : ` (${available})`}`,
  () => {
    let lab: Lab;
    let host: Host;
    let echo: Echo;
    let dashboard: Dashboard;
    let nginx: string;
    let siteId: string;

    beforeAll(async () => {
      lab = await createLab();
      const key = await createSshKey();
      host = await lab.host({ name: 'web1', authorizedKeys: [key.publicKey] });
      echo = await startEcho({ host });
      dashboard = await startDashboard();
      nginx = (await dashboard.enrol(host, key)).nginx ?? '';
      siteId = await dashboard.createSite(siteDocument(), [nginx]);
    });
    afterAll(async () => {
      await dashboard?.stop();
      await echo?.stop();
      await lab?.stop();
    });

    const curl = async (...args: string[]) =>
      (await host.exec(['curl', '-sk', '-m', '5', '--resolve', 'ci.example.com:443:127.0.0.1', ...args]))
        .stdout;

    test('the first plan shows every file before it exists, tested by the host’s own nginx', async () => {
      const before = await host.treeHash('/etc', { times: true });
      const plan = await dashboard.plan([siteId]);
      expect(plan.status, tellPlan(plan)).toBe('ready');
      const [target] = plan.targets;
      expect(target?.preflight).toMatchObject({ status: 'passed', baseline: 'passed', method: 'namespace' });
      expect(target?.changes.every(({ action }) => action === 'create')).toBe(true);
      expect(target?.certificates).toMatchObject([{ hostnames: ['ci.example.com'], missing: true }]);
      expect(await host.treeHash('/etc', { times: true })).toBe(before);
    });

    test('the first apply serves over https with a certificate made on the host, and says how it knows', async () => {
      const plan = await dashboard.plan([siteId]);
      const apply = await dashboard.apply(plan);
      expect(apply.status, tell(apply)).toBe('succeeded');
      const [target] = apply.targets;
      const steps = target?.steps ?? [];
      expect(steps.every(({ status }) => status === 'ok' || status === 'skipped')).toBe(true);
      expect(target?.probes.map(({ kind, status }) => `${kind} ${status}`).sort()).toEqual([
        'certificate passed',
        'forwarded-headers passed',
        'page passed',
        'redirect passed',
        'unknown-host passed',
      ]);
      expect(JSON.parse(await curl('https://ci.example.com/hello?x=1'))).toMatchObject({ url: '/hello?x=1' });
    });

    test('G9: a second plan has nothing to do', async () => {
      const plan = await dashboard.plan([siteId]);
      expect(plan.status, tellPlan(plan)).toBe('empty');
    });

    test('an edit is reviewed as a diff of the file on the host, applied, and remembered as the revision that runs', async () => {
      await dashboard.editSite(siteId, (document) => {
        document.limits = { bodySizeMib: 77 };
      });
      const plan = await dashboard.plan([siteId]);
      expect(plan.targets[0]?.certificates).toMatchObject([{ missing: false }]);
      expect(plan.status, tellPlan(plan)).toBe('ready');
      const [change, ...others] = plan.targets[0]?.changes.filter(({ action }) => action !== 'noop') ?? [];
      expect(others).toEqual([]);
      expect(change).toMatchObject({ action: 'update', site: 'ci', drifted: false });
      expect(change?.beforeContent).toBe(await host.readFile(change?.path ?? ''));
      const apply = await dashboard.apply(plan);
      expect(apply.status, tell(apply)).toBe('succeeded');
      expect(await host.readFile(change?.path ?? '')).toContain('77m');
      expect(apply.targets[0]?.probes.filter(({ phase }) => phase === 'before').length).toBeGreaterThan(0);
    });
  },
);

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { TargetPlan } from '#core/plan/target-plan';
import { labAvailable } from '#lab/index';
import { type PlanResult, siteDocument, tell, tellPlan } from './dashboard';
import { startWorld, type World } from './world';

const available = labAvailable();
const url = 'https://ci.example.com/';

describe.skipIf(available !== true)(`what can go wrong${available === true ? '' : ` (${available})`}`, () => {
  let world: World;
  let siteId: string;
  const cleanUps: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    world = await startWorld();
    const { dashboard, nginx } = world;
    siteId = await dashboard.createSite(siteDocument(), [nginx]);
    const apply = await dashboard.apply(await dashboard.plan([siteId]));
    expect(apply.status, tell(apply)).toBe('succeeded');
  });
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0)) await cleanUp();
    // Back to the document that runs.
    await world.dashboard.editSite(siteId, (document) =>
      Object.assign(document, siteDocument({ httpsPort: 443 })),
    );
  });
  afterAll(() => world?.stop());

  const issuesOf = (plan: PlanResult) =>
    plan.targets.flatMap((target: TargetPlan) => [...target.issues, ...target.preflight.issues]);

  /** Another process takes a port of the host, until the end of the test. */
  async function takePort(port: number) {
    const script = `import socket,time; s=socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("0.0.0.0",${port})); s.listen(); print("ready",flush=True); time.sleep(600)`;
    const child = world.host.spawn(['/usr/bin/python3', '-c', script]);
    cleanUps.push(async () => child.kill('SIGKILL'));
    await new Promise((resolve) => child.stdout?.once('data', resolve));
  }

  test('a port that was taken since the review is seen before nginx is told; the apply fails at the field and the host is byte-equal', async () => {
    const { dashboard, host } = world;
    await dashboard.editSite(siteId, (document) => Object.assign(document, { httpsPort: 8443 }));
    const plan = await dashboard.plan([siteId]);
    expect(plan.status, tellPlan(plan)).toBe('ready');
    await takePort(8443);
    const before = await world.tree();
    const apply = await dashboard.apply(plan);
    expect(apply.status, tell(apply)).toBe('rolled-back');
    expect(apply.failure, tell(apply)).toMatchObject({
      code: 'apply.port-not-served',
      path: ['httpsPort'],
      site: 'ci',
    });
    expect(apply.failure?.message).toMatch(/port 8443\/tcp.*python/);
    expect(apply.targets[0]?.steps.map(({ name, status }) => `${name} ${status}`)).toContain('test failed');
    expect(await world.tree()).toBe(before);
    expect(await world.visit(host, url)).toMatch(/^200 /);
    const summary = await dashboard.plan([siteId]);
    expect(summary.targets[0]?.sites).toMatchObject([{ from: 1 }]);
  });

  test('a port that is taken already blocks the plan, at the field, with the name of the process', async () => {
    const { dashboard } = world;
    await takePort(8443);
    await dashboard.editSite(siteId, (document) => Object.assign(document, { httpsPort: 8443 }));
    const plan = await dashboard.plan([siteId]);
    expect(plan.status).toBe('blocked');
    const issue = issuesOf(plan).find(({ code }) => code === 'host.port-taken');
    expect(issue).toMatchObject({ path: ['httpsPort'], severity: 'error' });
    expect(issue?.message).toMatch(/taken by python/);
    await expect(dashboard.start(plan)).rejects.toMatchObject({ problem: { code: 'conflict' } });
  });

  test('G1: a manual edit between review and apply stops it, names the file, and nothing is written', async () => {
    const { dashboard, host } = world;
    await dashboard.editSite(siteId, (document) => Object.assign(document, { limits: { bodySizeMib: 9 } }));
    const plan = await dashboard.plan([siteId]);
    const path = plan.targets[0]?.changes.find(({ action }) => action === 'update')?.path ?? '';
    const original = await host.readFile(path);
    await host.writeFile(path, `${original}# by hand\n`);
    cleanUps.push(() => host.writeFile(path, original));
    const before = await world.tree();
    const apply = await dashboard.apply(plan);
    expect(apply.status, tell(apply)).toBe('failed');
    expect(apply.failure).toMatchObject({ code: 'apply.stale', site: 'ci' });
    expect(apply.failure?.message).toContain(`${path} is not as you reviewed it: its content was edited`);
    expect(await world.tree()).toBe(before);
    const again = await dashboard.plan([siteId]);
    expect(issuesOf(again)).toContainEqual(expect.objectContaining({ code: 'plan.drift' }));
    const drifted = again.targets[0]?.changes.find((change) => change.path === path);
    expect(drifted).toMatchObject({
      drifted: true,
      lastApplied: original,
      beforeContent: `${original}# by hand\n`,
    });
  });

  test('a certificate that is not on the host is an error at its field, before anything is tried', async () => {
    const { dashboard } = world;
    await dashboard.editSite(siteId, (document) =>
      Object.assign(document, {
        tls: { mode: 'files', certificate: '/etc/ssl/nope.pem', key: '/etc/ssl/nope.key' },
      }),
    );
    const plan = await dashboard.plan([siteId]);
    expect(plan.status).toBe('blocked');
    const missing = issuesOf(plan).filter(({ code }) => code === 'host.path-missing');
    expect(missing).toMatchObject([
      { path: ['tls', 'certificate'], severity: 'error', site: 'ci' },
      { path: ['tls', 'key'], severity: 'error', site: 'ci' },
    ]);
    const refused = issuesOf(plan).find(({ code }) => code === 'preflight.refused');
    expect(refused, tellPlan(plan)).toMatchObject({ path: ['tls', 'certificate'], site: 'ci' });
  });

  test('an upstream name that nobody knows is refused by nginx and lands at the upstream’s field', async () => {
    const { dashboard } = world;
    await dashboard.editSite(siteId, (document) =>
      Object.assign(document, { upstreams: [{ servers: [{ address: 'nowhere.invalid', port: 9000 }] }] }),
    );
    const plan = await dashboard.plan([siteId]);
    expect(plan.status).toBe('blocked');
    const refused = issuesOf(plan).find(({ code }) => code === 'preflight.refused');
    expect(refused?.path.slice(0, 2), tellPlan(plan)).toEqual(['upstreams', 0]);
  });

  test('G3: a change that cuts a working site off from its upstream is undone', async () => {
    const { dashboard, host } = world;
    await dashboard.editSite(siteId, (document) =>
      Object.assign(document, { upstreams: [{ servers: [{ address: '127.0.0.1', port: 9999 }] }] }),
    );
    const plan = await dashboard.plan([siteId]);
    expect(plan.status, tellPlan(plan)).toBe('ready');
    expect(issuesOf(plan)).toContainEqual(
      expect.objectContaining({ code: 'upstream.silent', path: ['upstreams', 0, 'servers', 0, 'port'] }),
    );
    const before = await world.tree();
    const apply = await dashboard.apply(plan);
    expect(apply.status, tell(apply)).toBe('rolled-back');
    expect(apply.failure, tell(apply)).toMatchObject({ code: 'apply.probe-failed', site: 'ci' });
    expect(await world.tree()).toBe(before);
    expect(await world.visit(host, url)).toMatch(/^200 /);
  });

  test('G7: a site whose upstream was dead before may be applied: its failing pages undo nothing', async () => {
    const { dashboard, host, nginx } = world;
    const document = siteDocument({
      name: 'dead',
      hostnames: ['dead.example.com'],
      upstreams: [{ servers: [{ address: '127.0.0.1', port: 9998 }] }],
    });
    const dead = await dashboard.createSite(document, [nginx]);
    const plan = await dashboard.plan([dead]);
    expect(plan.status, tellPlan(plan)).toBe('ready');
    const apply = await dashboard.apply(plan);
    expect(apply.status, tell(apply)).toBe('succeeded');
    const page = apply.targets[0]?.probes.find(({ kind }) => kind === 'page');
    expect(page).toMatchObject({ status: 'failed' });
    expect(page?.message).toMatch(/502/);
    expect(await world.visit(host, 'https://dead.example.com/')).toMatch(/^502 /);

    await dashboard.editSite(dead, (edited) => Object.assign(edited, { limits: { bodySizeMib: 5 } }));
    const second = await dashboard.apply(await dashboard.plan([dead]));
    expect(second.status, tell(second)).toBe('succeeded');

    await dashboard.editSite(dead, () => undefined, []);
    const removal = await dashboard.plan([dead]);
    expect(removal.targets[0]?.changes.filter(({ action }) => action === 'delete').length).toBeGreaterThan(0);
    const removed = await dashboard.apply(removal);
    expect(removed.status, tell(removed)).toBe('succeeded');
    expect(await host.treeHash('/etc/nginx')).not.toContain('dead');
  });

  test('G7: a configuration that was broken before us is reported with its line and blocks', async () => {
    const { dashboard, host } = world;
    await host.writeFile('/etc/nginx/conf.d/mine.conf', '# mine\nno_such_directive on;\n');
    cleanUps.push(() => host.exec(['rm', '/etc/nginx/conf.d/mine.conf']));
    await dashboard.editSite(siteId, (document) => Object.assign(document, { limits: { bodySizeMib: 11 } }));
    const plan = await dashboard.plan([siteId]);
    expect(plan.status).toBe('blocked');
    expect(plan.targets[0]?.preflight).toMatchObject({ baseline: 'failed', status: 'failed' });
    const issue = issuesOf(plan).find(({ code }) => code === 'preflight.broken-before');
    expect(issue?.message, tellPlan(plan)).toContain('/etc/nginx/conf.d/mine.conf:2');
  });

  test('a name that another server block of the host has already is an error, not a silent nothing', async () => {
    const { dashboard, host } = world;
    await host.writeFile(
      '/etc/nginx/conf.d/mine.conf',
      'server { listen 80; server_name taken.example.com; return 200 mine; }\n',
    );
    cleanUps.push(() => host.exec(['rm', '/etc/nginx/conf.d/mine.conf']));
    await dashboard.editSite(siteId, (document) => {
      document.hostnames = ['ci.example.com', 'taken.example.com'];
    });
    const plan = await dashboard.plan([siteId]);
    expect(plan.status, tellPlan(plan)).toBe('blocked');
    const issue = issuesOf(plan).find(({ message }) => message.includes('conflicting server name'));
    expect(issue).toMatchObject({ severity: 'error', site: 'ci' });
  });

  test('a host that cannot be reached is an issue of the plan, not a crash', async () => {
    const { dashboard, host } = world;
    await host.exec('kill $(cat /run/sshd.pid)');
    await host.killSshSessions();
    cleanUps.push(() => host.exec(['/usr/sbin/sshd']));
    const plan = await dashboard.plan([siteId]);
    expect(plan.status).toBe('blocked');
    expect(issuesOf(plan)).toMatchObject([{ code: 'host.unreachable', severity: 'error' }]);
  });

  test('the hash of the plan is what is applied: another hash is refused, and a plan is applied once', async () => {
    const { dashboard } = world;
    await dashboard.editSite(siteId, (document) => Object.assign(document, { limits: { bodySizeMib: 13 } }));
    const plan = await dashboard.plan([siteId]);
    expect(plan.status, tellPlan(plan)).toBe('ready');
    const other = { id: plan.id, hash: '0'.repeat(64) };
    await expect(dashboard.start(other)).rejects.toMatchObject({ problem: { code: 'stale' } });
    expect((await dashboard.apply(plan)).status).toBe('succeeded');
    await expect(dashboard.start(plan)).rejects.toMatchObject({ problem: { code: 'conflict' } });
  });

  test('a newer revision makes a plan stale, and it says whose', async () => {
    const { dashboard } = world;
    const plan = await dashboard.plan([siteId]);
    await dashboard.editSite(siteId, (document) => Object.assign(document, { limits: { bodySizeMib: 14 } }));
    await expect(dashboard.start(plan)).rejects.toMatchObject({
      problem: { code: 'stale', detail: expect.stringMatching(/admin saved revision \d+ of ci/) },
    });
  });
});

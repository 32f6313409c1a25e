import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Host as HostAnswer } from '#api/contract/hosts';
import { contract } from '#api/contract/index';
import { labAvailable } from '#lab/index';
import { closeHosts } from '#server/hosts/open-host';
import { db } from '#server/platform/database/db';
import { siteDocument, team, tell, tellPlan } from '../apply/dashboard';
import { startWorld, type World } from '../apply/world';

const available = labAvailable();
const file = '/etc/nginx/sites-available/gatehouse-ci.conf';
const loginKeys = '/var/lib/gatehouse-login/.ssh/authorized_keys';

describe.skipIf(available !== true)(`a locked-down key${available === true ? '' : ` (${available})`}`, () => {
  let world: World;
  let siteId: string;
  let id: string;

  const call = () => world.dashboard.client;
  const at = () => ({ params: { team, id } });
  const check = () => call().call(contract.hosts.check, at());
  const get = () => call().call(contract.hosts.get, at());
  const red = ({ checks }: HostAnswer) => checks.filter(({ status }) => status === 'failed');
  const locked = ({ checks }: HostAnswer) => checks.find((line) => line.id === 'locked');
  const apply = async (bodySizeMib: number) => {
    await world.dashboard.editSite(siteId, (document) =>
      Object.assign(document, { limits: { bodySizeMib } }),
    );
    const plan = await world.dashboard.plan([siteId]);
    expect(plan.status, tellPlan(plan)).toBe('ready');
    return world.dashboard.apply(plan);
  };

  beforeAll(async () => {
    world = await startWorld();
    const { items } = await call().call(contract.hosts.list, { params: { team } });
    id = items[0]?.id ?? '';
    siteId = await world.dashboard.createSite(siteDocument(), [world.nginx]);
    const first = await world.dashboard.apply(await world.dashboard.plan([siteId]));
    expect(first.status, tell(first)).toBe('succeeded');
  });
  afterAll(() => world?.stop());

  test('a host with direct access is locked down over that access; the key that was root is gone', async () => {
    const before = await get();
    expect(before).toMatchObject({ access: 'direct', user: 'deploy' });
    expect(locked(await check())).toMatchObject({ status: 'skipped' });
    const after = await call().call(contract.hosts.changeKey, { ...at(), body: { access: 'enrolled' } });
    expect(after).toMatchObject({
      access: 'enrolled',
      user: 'gatehouse',
      nextKey: null,
      oldKey: null,
      keyMade: true,
    });
    expect(after.publicKey).not.toBe(before.publicKey);
    expect(await world.host.readFile('/home/deploy/.ssh/authorized_keys')).toBe('');
    expect(await world.host.readFile(loginKeys)).toMatch(
      /^restrict,command="sudo -n [^"]*" ssh-ed25519 \S+ \S+\n$/,
    );
    const record = await db().activity.findFirst({ where: { event: 'host.key-changed' } });
    expect(record?.detail).toMatchObject({ access: 'enrolled', changed: true });
  });

  test('the check list proves it: everything is green, and another command and forwarding were tried', async () => {
    const checked = await check();
    expect(red(checked)).toEqual([]);
    expect(locked(checked)).toMatchObject({ status: 'ok' });
    expect(checked.status).toBe('ready');
  });

  test('plans, applies, undoing and comparing all work over it', async () => {
    const done = await apply(21);
    expect(done.status, tell(done)).toBe('succeeded');
    expect(await world.host.readFile(file)).toContain('client_max_body_size 21m');
    const probes = done.targets[0]?.probes.filter(({ phase }) => phase === 'after') ?? [];
    expect(probes.filter(({ status }) => status === 'passed').length, tell(done)).toBeGreaterThan(1);

    const tree = await world.tree();
    await world.dashboard.editSite(siteId, (document) =>
      Object.assign(document, { upstreams: [{ servers: [{ address: '127.0.0.1', port: 9999 }] }] }),
    );
    const broken = await world.dashboard.plan([siteId]);
    expect(broken.targets[0]?.issues, tellPlan(broken)).toContainEqual(
      expect.objectContaining({ code: 'upstream.silent' }),
    );
    const undone = await world.dashboard.apply(broken);
    expect(undone.status, tell(undone)).toBe('rolled-back');
    expect(await world.tree()).toBe(tree);
    await world.dashboard.editSite(siteId, (document) => Object.assign(document, siteDocument()));

    await world.host.writeFile(file, `${await world.host.readFile(file)}# by hand\n`);
    const compared = await call().call(contract.drift.check, { params: { team }, body: { hostIds: [id] } });
    expect(JSON.stringify(compared)).toContain(id);
    await expect
      .poll(async () => (await call().call(contract.drift.list, { params: { team } })).items.length, {
        timeout: 30_000,
      })
      .toBe(1);
  });

  test('a dead upstream on the host itself undoes nothing, as over a direct connection (G7)', async () => {
    const dead = await world.dashboard.createSite(
      siteDocument({
        name: 'dead',
        hostnames: ['dead.example.com'],
        upstreams: [{ servers: [{ address: '127.0.0.1', port: 9998 }] }],
      }),
      [world.nginx],
    );
    const done = await world.dashboard.apply(await world.dashboard.plan([dead]));
    expect(done.status, tell(done)).toBe('succeeded');
  });

  test('where no way leads from the dashboard to the web server, its checks are left out and say why', async () => {
    // What the host answers from these ports gets lost on the way; its own loopback is not concerned.
    const lose = (change: 'add' | 'del', port: number) =>
      world.host.exec(`ip rule ${change} pref 100 ipproto tcp sport ${port} blackhole`);
    for (const port of [80, 443]) await lose('add', port);
    try {
      const fresh = await world.dashboard.createSite(
        siteDocument({ name: 'hidden', hostnames: ['hidden.example.com'] }),
        [world.nginx],
      );
      const done = await world.dashboard.apply(await world.dashboard.plan([fresh]));
      expect(done.status, tell(done)).toBe('succeeded');
      const after = done.targets[0]?.probes.filter(({ phase }) => phase === 'after') ?? [];
      expect(after.map(({ status }) => status)).not.toContain('passed');
      expect(after[0]?.message).toContain('not to be reached from the dashboard');
    } finally {
      for (const port of [80, 443]) await lose('del', port);
    }
  });

  test('a key whose restrictions somebody took away makes the line red', async () => {
    const keys = await world.host.readFile(loginKeys);
    await world.host.writeFile(loginKeys, keys.replace('restrict,', ''));
    await closeHosts();
    const opened = await check();
    expect(red(opened)).toMatchObject([{ id: 'locked', message: expect.stringContaining('forward') }]);
    expect(opened.status).toBe('attention');
    await world.host.writeFile(loginKeys, keys);
    await closeHosts();
    expect(red(await check())).toEqual([]);
  });

  test('a new host is added locked down from the start: the account takes nothing else than the script it was shown', async () => {
    const host = await world.lab.host({ name: 'web2', sudo: 'none' });
    const created = await call().call(contract.hosts.create, {
      params: { team },
      body: {
        transport: 'ssh',
        name: 'web2',
        address: host.address,
        access: 'enrolled',
        key: { source: 'generate' },
      },
    });
    expect(created).toMatchObject({ access: 'enrolled', user: 'gatehouse' });
    const there = { params: { team, id: created.id } };
    const { seenKey } = await call().call(contract.hosts.scanKey, there);
    await call().call(contract.hosts.trustKey, {
      ...there,
      body: { fingerprint: seenKey?.fingerprint ?? '' },
    });
    expect(red(await call().call(contract.hosts.check, there))).toMatchObject([
      { id: 'sign-in', fix: expect.stringContaining('bootstrap script') },
    ]);
    const { script, fileName } = await call().call(contract.hosts.bootstrap, there);
    expect(fileName).toBe('gatehouse-enrol-web2.sh');
    await host.exec('sh', { stdin: script });
    const ready = await call().call(contract.hosts.check, there);
    expect(red(ready)).toEqual([]);
    expect(ready.status).toBe('ready');
    await expect(
      call().call(contract.hosts.update, { ...there, body: { user: 'root' } }),
    ).rejects.toMatchObject({ problem: { code: 'invalid' } });
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Host as HostAnswer } from '#api/contract/hosts';
import { contract } from '#api/contract/index';
import { createSshKey, type Host, labAvailable, type SshKey, startEcho } from '#lab/index';
import { closeHosts } from '#server/hosts/open-host';
import { siteDocument, team, tell, tellPlan } from '../apply/dashboard';
import { startWorld, type World } from '../apply/world';

const available = labAvailable();

describe.skipIf(available !== true)(`a jump host${available === true ? '' : ` (${available})`}`, () => {
  let world: World;
  let inner: Host;
  let key: SshKey;
  let jumpId: string;
  let id: string;

  const client = () => world.dashboard.client;
  const at = (hostId = id) => ({ params: { team, id: hostId } });
  const check = (hostId = id) => client().call(contract.hosts.check, at(hostId));
  const red = ({ checks }: HostAnswer) => checks.filter(({ status }) => status === 'failed');
  const update = (hostId: string, body: { jumpHostId: string | null }) =>
    client().call(contract.hosts.update, { ...at(hostId), body });

  beforeAll(async () => {
    world = await startWorld();
    key = await createSshKey();
    inner = await world.lab.host({ name: 'inner', authorizedKeys: [key.publicKey] });
    // What it answers to this machine is lost: it can be reached from the other host only.
    await inner.exec(`ip rule add pref 100 to ${world.lab.gateway} blackhole`);
    jumpId = (await client().call(contract.hosts.list, { params: { team } })).items[0]?.id ?? '';
    const { privateKey } = key;
    const created = await client().call(contract.hosts.create, {
      params: { team },
      body: {
        transport: 'ssh',
        name: 'inner',
        address: inner.address,
        user: inner.user,
        jumpHostId: jumpId,
        key: { source: 'upload', privateKey },
      },
    });
    id = created.id;
    expect(created.jumpHost).toEqual({ id: jumpId, name: 'web1' });
  });
  afterAll(() => world?.stop());

  test('G11: the key of the host behind it is seen through it, and pinned like any other', async () => {
    const { seenKey } = await client().call(contract.hosts.scanKey, at());
    expect(seenKey?.fingerprint).toBe(await inner.hostKeyFingerprint());
    expect(red(await check())).toMatchObject([{ id: 'host-key' }]);
    await client().call(contract.hosts.trustKey, {
      ...at(),
      body: { fingerprint: seenKey?.fingerprint ?? '' },
    });
    const checked = await check();
    expect(red(checked)).toEqual([]);
    expect(checked.status).toBe('ready');
  });

  test('plans, applies and their checks go through it', async () => {
    await startEcho({ host: inner });
    const { targets } = await client().call(contract.hosts.get, at());
    const siteId = await world.dashboard.createSite(siteDocument(), [targets[0]?.id ?? '']);
    const plan = await world.dashboard.plan([siteId]);
    expect(plan.status, tellPlan(plan)).toBe('ready');
    const apply = await world.dashboard.apply(plan);
    expect(apply.status, tell(apply)).toBe('succeeded');
    const passed = apply.targets[0]?.probes.filter(({ status }) => status === 'passed') ?? [];
    expect(passed.length, tell(apply)).toBeGreaterThan(1);
    expect(passed.every(({ detail }) => detail.via !== 'direct')).toBe(true);
  });

  test('the key is changed through it as well', async () => {
    const before = await client().call(contract.hosts.get, at());
    const after = await client().call(contract.hosts.changeKey, { ...at(), body: { access: 'direct' } });
    expect(after.publicKey).not.toBe(before.publicKey);
    expect(red(await check())).toEqual([]);
  });

  test('circles, this host itself, unknown hosts and what forwards nothing are refused', async () => {
    const refused = async (call: Promise<unknown>, path: string) =>
      expect(call).rejects.toMatchObject({ problem: { code: 'invalid', issues: [{ path: [path] }] } });
    await refused(update(jumpId, { jumpHostId: id }), 'jumpHostId');
    await refused(update(id, { jumpHostId: id }), 'jumpHostId');
    await refused(update(id, { jumpHostId: 'nowhere' }), 'jumpHostId');
    await expect(
      client().call(contract.hosts.changeKey, { ...at(jumpId), body: { access: 'enrolled' } }),
    ).rejects.toMatchObject({ problem: { code: 'conflict', detail: expect.stringContaining('inner') } });
    await expect(client().call(contract.hosts.remove, at(jumpId))).rejects.toMatchObject({
      problem: { code: 'conflict' },
    });
  });

  test('G11: a changed key of the jump host stops it, and is not taken for the key of the host behind', async () => {
    const before = await client().call(contract.hosts.get, at());
    await closeHosts();
    await world.host.rotateHostKey();
    const stopped = await check();
    expect(red(stopped)).toMatchObject([{ id: 'reach', message: expect.stringContaining('jump host') }]);
    expect(stopped.seenKey).toBeNull();
    expect(stopped.pinnedKey).toEqual(before.pinnedKey);
    const { seenKey } = await client().call(contract.hosts.scanKey, at(jumpId));
    await client().call(contract.hosts.trustKey, {
      ...at(jumpId),
      body: { fingerprint: seenKey?.fingerprint ?? '' },
    });
    expect(red(await check())).toEqual([]);
  });

  test('G11: another key of the host behind it is seen and refused', async () => {
    await closeHosts();
    await inner.rotateHostKey();
    const changed = await check();
    expect(red(changed)).toMatchObject([{ id: 'host-key' }]);
    expect(changed.seenKey?.fingerprint).toBe(await inner.hostKeyFingerprint());
  });

  test('without the jump host there is no way', async () => {
    await closeHosts();
    expect((await update(id, { jumpHostId: null })).pinnedKey).toBeNull();
    expect(red(await check())).toMatchObject([{ id: 'reach' }]);
  });
});

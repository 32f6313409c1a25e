import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#api/client';
import type { Host as HostAnswer } from '#api/contract/hosts';
import { contract } from '#api/contract/index';
import { createLab, type Host, type Lab, labAvailable } from '#lab/index';
import { closeHosts } from '#server/hosts/open-host';
import { addMember, clientOf, startTestServer, type TestServer } from '#server/testing/test-server';

const available = labAvailable();
const team = 'lab';

describe.skipIf(available !== true)(`adding a host${available === true ? '' : ` (${available})`}`, () => {
  let lab: Lab;
  let host: Host;
  let server: TestServer;
  let client: Client;
  let id: string;

  const params = () => ({ team, id });
  const scan = () => client.call(contract.hosts.scanKey, { params: params() });
  const check = () => client.call(contract.hosts.check, { params: params() });
  const trust = (fingerprint: string) =>
    client.call(contract.hosts.trustKey, { params: params(), body: { fingerprint } });
  /** The one red line of a check list. */
  const red = ({ checks }: HostAnswer) => checks.filter(({ status }) => status === 'failed');

  beforeAll(async () => {
    lab = await createLab();
    host = await lab.host({ name: 'web1', sudo: 'password' });
    server = await startTestServer();
    client = clientOf(server, (await addMember(team, 'admin')).token);
    const body = {
      transport: 'ssh',
      name: 'web1',
      address: host.address,
      user: host.user,
      key: { source: 'generate' },
    } as const;
    id = (await client.call(contract.hosts.create, { params: { team }, body })).id;
  });
  afterAll(async () => {
    await closeHosts();
    await server?.stop();
    await lab?.stop();
  });

  test('before its key is trusted, a check shows the key and goes no further', async () => {
    const seen = await check();
    expect(red(seen)).toMatchObject([{ id: 'host-key' }]);
    expect([seen.pinnedKey, seen.status]).toEqual([null, 'unreachable']);
    const { stdout } = await host.exec(
      'for key in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -lf $key; done',
    );
    expect(stdout).toContain(seen.seenKey?.fingerprint);
    expect((await scan()).seenKey).toEqual(seen.seenKey);
  });

  test('the key is not let in yet: the red line holds the commands that let it in, and they work', async () => {
    const { seenKey } = await scan();
    await trust(seenKey?.fingerprint ?? '');
    const [line, ...others] = red(await check());
    expect([line?.id, others]).toEqual(['sign-in', []]);
    for (const command of line?.commands ?? []) expect((await host.exec(command)).code).toBe(0);
    expect(red(await check())).toMatchObject([{ id: 'root' }]);
  });

  test('the account may not become root yet: the commands of that line work too, and then all is green', async () => {
    const [line] = red(await check());
    for (const command of line?.commands ?? []) expect((await host.exec(command)).code).toBe(0);
    const ready = await check();
    expect(red(ready)).toEqual([]);
    expect(ready).toMatchObject({
      status: 'ready',
      lastError: null,
      targets: [{ server: 'nginx', running: true, layout: 'debian' }],
    });
    expect(ready.targets[0]?.version).toMatch(/^1\.\d+\.\d+$/);
  });

  test('a tree that is broken before we come is reported with the file and line, as the host’s own', async () => {
    await host.exec('echo "nonsense on;" > /etc/nginx/conf.d/broken.conf');
    const [line] = red(await check());
    expect(line?.id).toBe('config-test');
    expect(line?.message).toContain('/etc/nginx/conf.d/broken.conf:1');
    await host.exec('rm /etc/nginx/conf.d/broken.conf');
    expect(red(await check())).toEqual([]);
  });

  test('G11: a changed host key stops everything until a person has compared and trusted it', async () => {
    const before = await client.call(contract.hosts.get, { params: params() });
    await closeHosts();
    await host.rotateHostKey();
    const changed = await check();
    expect(red(changed)).toMatchObject([{ id: 'host-key' }]);
    expect(changed.status).toBe('attention');
    expect(changed.pinnedKey).toEqual(before.pinnedKey);
    expect(changed.seenKey?.fingerprint).not.toBe(before.pinnedKey?.fingerprint);
    expect(red(await check())).toMatchObject([{ id: 'host-key' }]);
    await trust(changed.seenKey?.fingerprint ?? '');
    expect(red(await check())).toEqual([]);
  });

  test('a host that went away is unreachable; what was known of it stays', async () => {
    await closeHosts();
    await host.cutLink();
    const gone = await check();
    expect(gone.status).toBe('unreachable');
    expect(red(gone)).toMatchObject([{ id: 'reach' }]);
    expect(gone.targets).toMatchObject([{ server: 'nginx' }]);
    await host.restoreLink();
  });
});

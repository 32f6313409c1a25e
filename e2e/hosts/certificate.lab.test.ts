import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import { certify, createSshKey, type Host, labAvailable, type SshKey, startEcho } from '#lab/index';
import { eventually } from '#server/hosts/helper/testing/helper-host';
import { closeHosts } from '#server/hosts/open-host';
import { siteDocument, team, tell, tellPlan } from '../apply/dashboard';
import { startWorld, type World } from '../apply/world';

const available = labAvailable();

describe.skipIf(available !== true)(
  `a host that trusts an authority, not single keys${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    let host: Host;
    let authority: SshKey;
    let key: SshKey;
    let id: string;

    const client = () => world.dashboard.client;
    const at = () => ({ params: { team, id } });
    const check = () => client().call(contract.hosts.check, at());
    const replace = (certificate: string) =>
      client().call(contract.hosts.update, { ...at(), body: { certificate } });
    const make = (principals: readonly string[]) => certify(authority, key.publicKey, { principals });

    beforeAll(async () => {
      world = await startWorld();
      [authority, key] = [await createSshKey({ comment: 'authority' }), await createSshKey()];
      host = await world.lab.host({ name: 'certified', authorizedKeys: [] });
      await host.writeFile('/etc/ssh/authority.pub', `${authority.publicKey}\n`);
      await host.writeFile(
        '/etc/ssh/sshd_config.d/authority.conf',
        'TrustedUserCAKeys /etc/ssh/authority.pub\n',
      );
      await host.exec('kill -HUP "$(cat /run/sshd.pid)"');
      const { privateKey } = key;
      const created = await client().call(contract.hosts.create, {
        params: { team },
        body: {
          transport: 'ssh',
          name: 'certified',
          address: host.address,
          user: host.user,
          key: { source: 'upload', privateKey, certificate: await make(['somebody-else']) },
        },
      });
      id = created.id;
      await eventually(async () => {
        const { seenKey } = await client().call(contract.hosts.scanKey, at());
        return seenKey?.fingerprint === (await host.hostKeyFingerprint());
      });
      await client().call(contract.hosts.trustKey, {
        ...at(),
        body: { fingerprint: await host.hostKeyFingerprint() },
      });
    });
    afterAll(async () => {
      await closeHosts();
      await world?.stop();
    });

    test('a certificate for another account is refused, and the check list says what to look at', async () => {
      const { checks, status } = await check();
      expect(status).toBe('unreachable');
      const red = checks.find((line) => line.status === 'failed');
      expect(red).toMatchObject({ id: 'sign-in', commands: [] });
      expect(`${red?.fix}`).toContain('TrustedUserCAKeys');
    });

    test('with the right one it is reached, planned for and applied to', async () => {
      expect((await replace(await make([host.user]))).certificate?.principals).toEqual([host.user]);
      const checked = await check();
      expect(checked.checks.filter((line) => line.status === 'failed')).toEqual([]);
      await startEcho({ host });
      const siteId = await world.dashboard.createSite(siteDocument(), [checked.targets[0]?.id ?? '']);
      const plan = await world.dashboard.plan([siteId]);
      expect(plan.status, tellPlan(plan)).toBe('ready');
      const apply = await world.dashboard.apply(plan);
      expect(apply.status, tell(apply)).toBe('succeeded');
    });

    test('it is locked down over that connection, and has a key of its own from then on', async () => {
      const after = await client().call(contract.hosts.changeKey, { ...at(), body: { access: 'enrolled' } });
      expect(after).toMatchObject({ login: 'key', access: 'enrolled', certificate: null, oldKey: null });
      expect((await check()).checks.filter((line) => line.status === 'failed')).toEqual([]);
    });
  },
);

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Host as HostAnswer } from '#api/contract/hosts';
import { contract } from '#api/contract/index';
import { createLab, createSshKey, type Host, type Lab, labAvailable } from '#lab/index';
import { changeKey, keyChangeSteps } from '#server/hosts/change-key';
import { closeHosts, openHost } from '#server/hosts/open-host';
import { db } from '#server/platform/database/db';
import { type Dashboard, startDashboard, team } from '../apply/dashboard';

const available = labAvailable();
const never = new AbortController().signal;

describe.skipIf(available !== true).each(['direct', 'enrolled'] as const)(
  `changing the key of a host with %s access${available === true ? '' : ` (${available})`}`,
  (access) => {
    let lab: Lab;
    let host: Host;
    let dashboard: Dashboard;
    let id: string;
    const file =
      access === 'direct'
        ? '/home/deploy/.ssh/authorized_keys'
        : '/var/lib/gatehouse-login/.ssh/authorized_keys';
    const foreign =
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF8xN2ab3mCbWvRk3BYWJ0gX6wBxgV0XkX1Dx1uXwQ2k somebody@else';

    const params = () => ({ team, id });
    const get = () => dashboard.client.call(contract.hosts.get, { params: params() });
    const change = (body: object = {}) =>
      dashboard.client.call(contract.hosts.changeKey, { params: params(), body: { access, ...body } });
    const bodyOf = (line: string | null) => line?.split(' ')[1] ?? 'none';
    const keys = () => host.readFile(file);
    const red = ({ checks }: HostAnswer) => checks.filter(({ status }) => status === 'failed');
    /** Over a fresh connection: what counts is who is let in now. */
    async function expectLetIn() {
      await closeHosts();
      expect(red(await dashboard.client.call(contract.hosts.check, { params: params() }))).toEqual([]);
      expect(await keys()).toContain(bodyOf((await get()).publicKey));
    }

    beforeAll(async () => {
      lab = await createLab();
      dashboard = await startDashboard();
      const key = await createSshKey();
      host = await lab.host({ name: 'web1', authorizedKeys: [`from="10.0.0.0/8" ${key.publicKey}`] });
      await dashboard.enrol(host, key);
      id = (await dashboard.client.call(contract.hosts.list, { params: { team } })).items[0]?.id ?? '';
      if (access === 'enrolled') await change();
      else await host.authorize(foreign);
    });
    afterAll(async () => {
      await dashboard?.stop();
      await lab?.stop();
    });

    test('a new key is let in under the same conditions, the old one no longer is, and it is on record', async () => {
      const before = await get();
      const after = await change();
      expect(after.publicKey).not.toBe(before.publicKey);
      expect(after).toMatchObject({ access, user: before.user, nextKey: null, oldKey: null, keyMade: true });
      const text = await keys();
      expect(text).not.toContain(bodyOf(before.publicKey));
      if (access === 'direct') {
        expect(text).toContain(`from="10.0.0.0/8" ssh-ed25519 ${bodyOf(after.publicKey)}`);
        expect(text).toContain(foreign);
      } else expect(text).toMatch(/^restrict,command="[^"]*" ssh-ed25519 \S+ gatehouse\n$/);
      const mode = await host.exec(['stat', '-c', '%a %U', file]);
      expect(mode.stdout.trim()).toBe(access === 'direct' ? '600 deploy' : '644 root');
      await expectLetIn();
      const record = await db().activity.findFirst({
        where: { event: 'host.key-changed', subjectId: id },
        orderBy: { at: 'desc' },
      });
      expect(record?.detail).toMatchObject({ changed: true });
    });

    test.each(keyChangeSteps)('a failure at “%s” leaves one key that works', async (broken) => {
      const before = await get();
      const outcome = await changeKey(
        id,
        { access, install: 'over-ssh', removeOld: true },
        {
          signal: never,
          onStep: (step) => {
            if (step === broken) throw new Error('injected');
          },
        },
      );
      expect(outcome).toMatchObject({
        changed: broken === 'remove',
        failedStep: broken,
        error: { message: 'injected' },
      });
      await expectLetIn();
      const after = await get();
      expect(after.nextKey).toBeNull();
      const text = await keys();
      if (broken === 'remove') {
        expect(after.publicKey).not.toBe(before.publicKey);
        expect(after.oldKey).toEqual({ user: before.user, publicKey: before.publicKey });
        expect(text).toContain(bodyOf(before.publicKey));
        const cleaned = await dashboard.client.call(contract.hosts.removeOldKey, {
          params: params(),
          body: { done: 'here' },
        });
        expect(cleaned.oldKey).toBeNull();
        expect(await keys()).not.toContain(bodyOf(before.publicKey));
        await expectLetIn();
      } else {
        expect(after.publicKey).toBe(before.publicKey);
        // Nothing is left of the new one: as many keys of ours as before.
        expect(text.match(/ssh-ed25519/g)?.length).toBe(access === 'direct' ? 2 : 1);
      }
    });

    test('a full disk, a key that the host then refuses, a link that is cut: the old key stays in use', async () => {
      const before = await get();
      const failing = async (
        sabotage: Partial<Record<(typeof keyChangeSteps)[number], () => Promise<unknown>>>,
      ) => {
        const outcome = await changeKey(
          id,
          { access, install: 'over-ssh', removeOld: true },
          { signal: never, onStep: async (step) => void (await sabotage[step]?.()) },
        );
        return outcome;
      };
      await host.fillDisk();
      expect(await failing({})).toMatchObject({ changed: false, failedStep: 'install' });
      await host.freeDisk();
      await expectLetIn();

      const kept = await keys();
      const refused = await failing({
        prove: () => host.writeFile(file, kept, access === 'direct' ? '600' : '644'),
      });
      expect(refused).toMatchObject({ changed: false, failedStep: 'prove', error: { code: 'auth-refused' } });
      await expectLetIn();
      expect((await get()).publicKey).toBe(before.publicKey);
    });

    test('a key that sshd takes from elsewhere is not replaced, and the answer says why', async () => {
      const before = await get();
      const elsewhere = '/etc/ssh/elsewhere';
      await host.exec(`cp ${file} ${elsewhere}; chmod 644 ${elsewhere}; : >${file}`);
      await host.writeFile('/etc/ssh/sshd_config.d/keys.conf', `AuthorizedKeysFile ${elsewhere}\n`);
      const reload = () => host.exec('kill -HUP $(cat /run/sshd.pid); sleep 1');
      await reload();
      await closeHosts();
      await expect(change()).rejects.toMatchObject({
        problem: { code: 'unreachable', detail: expect.stringContaining('is not in') },
      });
      expect((await get()).publicKey).toBe(before.publicKey);
      await host.exec(`cat ${elsewhere} >${file}; rm /etc/ssh/sshd_config.d/keys.conf`);
      await reload();
      await expectLetIn();
    });

    test('two at once: the second is told so', async () => {
      const answers = await Promise.allSettled([change(), change()]);
      expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      await expectLetIn();
    });

    test('by hand: the prepared key is used only once it works', async () => {
      const prepared = await dashboard.client.call(contract.hosts.prepareKey, {
        params: params(),
        body: { access },
      });
      const line = prepared.nextKey?.publicKey ?? '';
      expect(bodyOf(line)).not.toBe(bodyOf(prepared.publicKey));
      await expect(change({ install: 'by-hand' })).rejects.toMatchObject({
        problem: { code: 'unreachable' },
      });
      expect((await get()).nextKey?.publicKey).toBe(line);
      await expectLetIn();
      if (access === 'direct') await host.authorize(line);
      else {
        const { script } = await dashboard.client.call(contract.hosts.bootstrap, { params: params() });
        await host.exec('sh', { stdin: script });
      }
      const after = await change({ install: 'by-hand' });
      expect(after).toMatchObject({ publicKey: line, nextKey: null, oldKey: null });
      await expectLetIn();
    });

    test('what only the account of the host may change is refused to a stranger with another request', async () => {
      const transport = await openHost(id);
      const { rekeyOnHost } = await import('#server/hosts/helper/rekey');
      const now = (await get()).publicKey;
      const text = await keys();
      if (access === 'enrolled')
        await expect(
          rekeyOnHost(transport, { act: 'leave', oldKey: now, newKey: null }),
        ).rejects.toMatchObject({
          code: 'helper-refused',
        });
      await expect(
        rekeyOnHost(transport, { act: 'drop', oldKey: now, newKey: foreign.replace('8xN2', '9yO3') }),
      ).rejects.toMatchObject({ code: 'helper-refused' });
      await transport.close();
      expect(await keys()).toBe(text);
    });
  },
);

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { certify, createSshKey, labAvailable, type SshKey, startAgent } from '#lab/index';
import { readFacts } from '#server/hosts/helper/host';
import { eventually, type HelperHost, startHelperHost } from '#server/hosts/helper/testing/helper-host';
import { metrics } from '#server/platform/metrics';
import { TransportError } from '../../platform/errors/transport-error';
import { createConnectionPool } from './connection-pool';
import { createOpenSshPool } from './openssh-pool';
import { scanHostKey } from './scan-host-key';
import type { SshTarget } from './ssh-target';
import { commandLines, filesBelow } from './testing/openssh-traces';
import type { Transport } from './transport';

const available = labAvailable();

interface Pool {
  transport(target: SshTarget): Transport;
  close(): Promise<void>;
}

async function failureOf(transport: Transport): Promise<TransportError> {
  const error = await readFacts(transport).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof TransportError) return error;
  throw new Error(`expected a TransportError, got ${error}`);
}

const ways = [
  ['ssh2', createConnectionPool],
  ['OpenSSH', createOpenSshPool],
] as const;

describe.skipIf(available !== true).each(ways)(
  `reaching a host by SSH through %s${available === true ? '' : ` (${available})`}`,
  (_way, makePool: (options?: { idleMs?: number }) => Pool) => {
    let at: HelperHost;
    const pool = makePool();

    beforeAll(async () => {
      at = await startHelperHost({ servers: ['nginx'] });
    });
    afterAll(async () => {
      await pool.close();
      await at?.stop();
    });

    const to = (change: Partial<SshTarget> = {}): Transport => pool.transport({ ...at.target, ...change });
    const failure = failureOf;
    const sessions = async () =>
      (await at.host.processes()).filter(({ command }) => /^sshd: deploy@/.test(command)).length;

    /** Open connections, as the metrics tell. */
    const counted = async () => (await metrics().sshOpen.get()).values[0]?.value ?? 0;

    it('G11: shows the fingerprint of a host before trusting it, without logging in', async () => {
      const key = await scanHostKey(at.host.address, 22);
      expect(key.type).toBe('ssh-ed25519');
      expect(key.fingerprint).toBe(await at.host.hostKeyFingerprint());
      const other = await scanHostKey(at.host.address, 22, { type: 'ecdsa-sha2-nistp256' });
      expect(other.fingerprint).toBe(await at.host.hostKeyFingerprint('ecdsa'));
    });

    it('G11: refuses a host key that differs from the pinned one, and names both', async () => {
      const error = await failure(to({ hostKeyFingerprint: 'SHA256:AAAA' }));
      expect(error.code).toBe('host-key-changed');
      expect(error.detail).toMatchObject({ pinned: 'SHA256:AAAA', found: at.target.hostKeyFingerprint });
      expect((await failure(to({ hostKeyFingerprint: '' }))).detail.found).toBe(at.target.hostKeyFingerprint);
    });

    it('pins any of the keys that a host has', async () => {
      const { type, fingerprint } = await scanHostKey(at.host.address, 22, { type: 'ecdsa-sha2-nistp256' });
      const facts = await readFacts(to({ hostKeyType: type, hostKeyFingerprint: fingerprint }));
      expect(facts.host.hostname).toBe(at.host.name);
    });

    it.each(['ed25519', 'ecdsa', 'rsa'] as const)('logs in with a plain %s key', async (type) => {
      const { publicKey, privateKey } = await createSshKey({ type });
      await at.host.authorize(publicKey);
      expect((await readFacts(to({ privateKey }))).host.uid).toBe(0);
    });

    it.each(['ed25519', 'ecdsa', 'rsa'] as const)('logs in with an encrypted %s key', async (type) => {
      const key = await createSshKey({ type, passphrase: 'correct horse' });
      await at.host.authorize(key.publicKey);
      const { privateKey } = key;
      expect((await readFacts(to({ privateKey, passphrase: 'correct horse' }))).host.uid).toBe(0);
      const wrong = await failure(to({ privateKey, passphrase: 'battery staple' }));
      expect(wrong.code).toBe('key-invalid');
      expect(`${wrong.message}${wrong.hint}${JSON.stringify(wrong.detail)}`).not.toContain('battery');
    });

    it('goes through a jump host, and tells which of the two is in the way', async () => {
      const via: SshTarget = at.target;
      const facts = await readFacts(to({ via, address: '127.0.0.1' }));
      expect(facts.host.hostname).toBe(at.host.name);
      const closed = await failure(to({ via, address: '127.0.0.1', port: 81 }));
      expect(closed).toMatchObject({ code: 'unreachable', message: expect.stringContaining('cannot reach') });
      const stranger = { ...via, hostKeyFingerprint: 'SHA256:AAAA' };
      const refused = await failure(to({ via: stranger, address: '127.0.0.1' }));
      expect(refused).toMatchObject({ code: 'unreachable', detail: { jumpHost: 'host-key-changed' } });
      const behind = await failure(to({ via, address: '127.0.0.1', hostKeyFingerprint: 'SHA256:BBBB' }));
      expect(behind.code).toBe('host-key-changed');
    });

    it('tells an unknown key, an unknown account and a closed port apart', async () => {
      const stranger = await createSshKey();
      expect((await failure(to({ privateKey: stranger.privateKey }))).code).toBe('auth-refused');
      expect((await failure(to({ user: 'nobody-here' }))).code).toBe('auth-refused');
      expect((await failure(to({ port: 23 }))).code).toBe('unreachable');
      expect((await failure(to({ port: 80 }))).code).toBe('not-ssh');
      expect((await failure(to({ address: 'no-such-host.invalid' }))).code).toBe('unreachable');
    });

    it('tells a missing sudo rule and a missing shell', async () => {
      const rule = await at.host.readFile('/etc/sudoers.d/deploy');
      const install = (text: string) => at.host.exec('cat >/etc/sudoers.d/deploy', { stdin: text });
      await install('deploy ALL=(ALL:ALL) ALL\n');
      expect((await failure(to())).code).toBe('sudo-refused');
      await install('\n');
      expect((await failure(to())).code).toBe('sudo-refused');
      await install(`${rule}\nDefaults:deploy requiretty\n`);
      expect(await failure(to())).toMatchObject({
        code: 'sudo-refused',
        hint: expect.stringContaining('!requiretty'),
      });
      await at.host.exec('mv /usr/bin/sudo /usr/bin/sudo-away');
      expect(await failure(to())).toMatchObject({
        code: 'sudo-refused',
        message: 'There is no sudo on this host.',
      });
      await at.host.exec('mv /usr/bin/sudo-away /usr/bin/sudo');
      await install(rule);
      await at.host.exec(['usermod', '-s', '/usr/sbin/nologin', 'deploy']);
      // sshd asks for the shell when somebody logs in.
      const fresh = makePool();
      expect((await failure(fresh.transport(at.target))).code).toBe('no-shell');
      await fresh.close();
      await at.host.exec(['usermod', '-s', '/bin/bash', 'deploy']);
    });

    it('tells a limit of sessions from a missing shell', async () => {
      const drop = '/etc/ssh/sshd_config.d/sessions.conf';
      const reload = () => at.host.exec('kill -HUP "$(cat /run/sshd.pid)"; sleep 1');
      await at.host.writeFile(drop, 'MaxSessions 0\n');
      await reload();
      const fresh = makePool();
      expect(await failure(fresh.transport(at.target))).toMatchObject({
        code: 'no-shell',
        hint: expect.stringContaining('MaxSessions'),
      });
      await fresh.close();
      await at.host.exec(['rm', drop]);
      await reload();
    });

    it('works where /run is full and another place is not', async () => {
      await at.host.exec(
        'mount -o remount,size=2m /run; mount -t tmpfs -o size=4k,mode=1777 none /dev/shm; dd if=/dev/zero of=/run/full bs=4k 2>/dev/null || :',
      );
      expect((await readFacts(to())).host.hostname).toBe(at.host.name);
      const left = await at.host.exec(
        'rm /run/full; umount /dev/shm; mount -o remount,size=50% /run; ls -d /run/gatehouse.?????? 2>/dev/null',
        { check: false },
      );
      expect(left.stdout).toBe('');
    });

    it('is not confused by what login scripts print', async () => {
      const noise = `echo welcome; echo '{"event":"end","outcome":"done","atMs":1}'; echo oops >&2; printf 'no newline at end'\n`;
      await at.host.exec('cat >/home/deploy/.bashrc', { stdin: noise });
      expect((await readFacts(to())).host.hostname).toBe(at.host.name);
      await at.host.exec(['rm', '/home/deploy/.bashrc']);
    });

    it('shares one connection, queues what is beyond its sessions, and closes it when idle', async () => {
      const own = makePool({ idleMs: 300 });
      const before = await sessions();
      const countedBefore = await counted();
      const transports = Array.from({ length: 24 }, () => own.transport(at.target));
      const facts = await Promise.all(transports.map((transport) => readFacts(transport)));
      expect(facts).toHaveLength(24);
      expect(await sessions()).toBe(before + 1);
      expect(await counted()).toBe(countedBefore + 1);
      for (const transport of transports) await transport.close();
      await eventually(async () => (await sessions()) === before);
      await eventually(async () => (await counted()) === countedBefore);
      await own.close();
    });

    it('dials again when the connection died while nobody used it', async () => {
      const transport = to();
      await readFacts(transport);
      await at.host.killSshSessions();
      await eventually(async () => (await counted()) === 0);
      expect((await readFacts(transport)).host.uid).toBe(0);
      expect(await counted()).toBe(1);
    });

    it('reaches what listens on the host’s own loopback', async () => {
      const stream = await to().forward('127.0.0.1', 80);
      stream.end('GET / HTTP/1.0\r\n\r\n');
      const [chunk] = (await once(stream, 'data')) as [Buffer];
      expect(chunk.toString()).toContain('HTTP/1.1 200 OK');
      stream.destroy();
      await expect(to().forward('127.0.0.1', 81)).rejects.toMatchObject({ code: 'forward-refused' });
    });

    it('gives up on a host that no longer says anything', async () => {
      const transport = to();
      await readFacts(transport);
      await at.host.cutLink();
      try {
        await expect(readFacts(transport, { idleTimeoutMs: 1000 })).rejects.toMatchObject({
          code: expect.stringMatching(/^(?:unreachable|timeout)$/),
        });
      } finally {
        await at.host.restoreLink();
      }
      expect((await readFacts(transport)).host.uid).toBe(0);
    });

    it('stops waiting when told to', async () => {
      const controller = new AbortController();
      controller.abort();
      await expect(readFacts(to(), { signal: controller.signal })).rejects.toMatchObject({ code: 'aborted' });
    });

    it('a command that is given up, or was done already, takes nobody else’s connection along', async () => {
      await readFacts(to());
      const connections = async () =>
        (await at.host.processes())
          .filter(({ command }) => /^sshd: deploy@/.test(command))
          .map(({ pid }) => pid);
      const before = await connections();
      const early = new AbortController();
      const given = readFacts(to(), { signal: early.signal, onEvent: () => early.abort() });
      await expect(given).rejects.toMatchObject({ code: 'aborted' });
      const late = new AbortController();
      await readFacts(to(), { signal: late.signal });
      late.abort();
      // A connection whose host does not answer is given up after five seconds.
      await sleep(6_000);
      expect(await connections()).toEqual(before);
    });

    it('G11: a host that was reinstalled is refused until a person has looked', async () => {
      const fresh = makePool();
      await at.host.rotateHostKey(['ecdsa']);
      // The new sshd answers a moment after it was started.
      await eventually(async () => (await failure(fresh.transport(at.target))).code === 'host-key-changed');
      const error = await failure(fresh.transport(at.target));
      expect(error.detail).toMatchObject({
        pinned: at.target.hostKeyFingerprint,
        found: await at.host.hostKeyFingerprint('ecdsa'),
        foundType: 'ecdsa-sha2-nistp256',
      });
      await fresh.close();
    });
  },
);

describe.skipIf(available !== true)(
  `what only OpenSSH’s own client does${available === true ? '' : ` (${available})`}`,
  () => {
    let at: HelperHost;
    let authority: SshKey;
    const pool = createConnectionPool();
    const to = (change: Partial<SshTarget> = {}): Transport => pool.transport({ ...at.target, ...change });

    beforeAll(async () => {
      at = await startHelperHost({ servers: ['nginx'] });
      authority = await createSshKey({ comment: 'authority' });
      await at.host.writeFile('/etc/ssh/authority.pub', `${authority.publicKey}\n`);
      await at.host.writeFile(
        '/etc/ssh/sshd_config.d/authority.conf',
        'TrustedUserCAKeys /etc/ssh/authority.pub\n',
      );
      // Started again, as the new configuration needs.
      await at.host.rotateHostKey(['ecdsa']);
      await eventually(async () =>
        scanHostKey(at.host.address, 22).then(
          ({ type }) => type === 'ecdsa-sha2-nistp256',
          () => false,
        ),
      );
      const { type, fingerprint } = await scanHostKey(at.host.address, 22);
      at = { ...at, target: { ...at.target, hostKeyType: type, hostKeyFingerprint: fingerprint } };
    });
    afterAll(async () => {
      await pool.close();
      await at?.stop();
    });

    it.each(['ed25519', 'ecdsa', 'rsa'] as const)(
      'logs in with a certificate of an encrypted %s key that no authorized_keys knows',
      async (type) => {
        const key = await createSshKey({ type, passphrase: 'correct horse' });
        const { privateKey, publicKey } = key;
        const passphrase = 'correct horse';
        const certificate = await certify(authority, publicKey, { principals: [at.target.user] });
        expect((await failureOf(to({ privateKey, passphrase }))).code).toBe('auth-refused');
        const facts = await readFacts(to({ privateKey, passphrase, certificate }));
        expect(facts.host.uid).toBe(0);
      },
    );

    it('refuses a certificate for another account, of another authority, or that ran out', async () => {
      const { privateKey, publicKey } = await createSshKey();
      const stranger = await createSshKey();
      const principals = [at.target.user];
      for (const certificate of [
        await certify(authority, publicKey, { principals: ['somebody-else'] }),
        await certify(stranger, publicKey, { principals }),
        await certify(authority, publicKey, { principals, validity: '-2d:-1d' }),
      ]) {
        const error = await failureOf(to({ privateKey, certificate }));
        expect(error).toMatchObject({
          code: 'auth-refused',
          hint: expect.stringContaining('TrustedUserCAKeys'),
        });
      }
    });

    it('goes through a jump host that it signs in to with a certificate', async () => {
      const { privateKey, publicKey } = await createSshKey();
      const certificate = await certify(authority, publicKey, { principals: [at.target.user] });
      const via: SshTarget = { ...at.target, privateKey, certificate };
      expect((await readFacts(to({ via, address: '127.0.0.1' }))).host.hostname).toBe(at.host.name);
      const seen = await pool.scan({ via, address: '127.0.0.1', port: 22 });
      expect(seen.fingerprint).toBe(at.target.hostKeyFingerprint);
    });

    it.each(['ed25519', 'ecdsa', 'rsa'] as const)('lets an agent sign with an %s key', async (type) => {
      const key = await createSshKey({ type });
      await at.host.authorize(key.publicKey);
      const agent = await startAgent(key.privateKey);
      try {
        expect((await readFacts(to({ privateKey: '', agentSocket: agent.socket }))).host.uid).toBe(0);
        await agent.forget();
        const fresh = createConnectionPool();
        const refused = fresh.transport({ ...at.target, privateKey: '', agentSocket: agent.socket });
        await expect(readFacts(refused)).rejects.toMatchObject({ code: 'auth-refused' });
        await fresh.close();
      } finally {
        await agent.stop();
      }
      const gone = to({ privateKey: '', agentSocket: '/nonexistent/agent' });
      await expect(readFacts(gone)).rejects.toMatchObject({ code: 'key-invalid' });
    });

    it('G10: writes no private key anywhere, and puts nothing about the host into arguments', async () => {
      const { privateKey, publicKey } = await createSshKey();
      const certificate = await certify(authority, publicKey, { principals: [at.target.user] });
      const directory = await mkdtemp(join(tmpdir(), 'gatehouse-own-'));
      vi.stubEnv('TMPDIR', directory);
      const own = createOpenSshPool();
      await readFacts(own.transport({ ...at.target, privateKey, certificate }));
      vi.unstubAllEnvs();
      const files = await filesBelow(directory);
      expect(files.map(({ path }) => basename(path))).toContain('config');
      for (const { path, text, mode } of files) {
        expect(text, path).not.toContain('PRIVATE KEY');
        expect(mode & 0o077, path).toBe(0);
      }
      const commands = await commandLines(directory);
      expect(commands.length).toBeGreaterThan(0);
      for (const command of commands) expect(command).not.toContain(at.target.address);
      await own.close();
      expect(await commandLines(directory)).toHaveLength(0);
      expect(await filesBelow(directory)).toHaveLength(0);
      await rm(directory, { recursive: true });
    });
  },
);

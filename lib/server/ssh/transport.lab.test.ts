import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSshKey, labAvailable } from '#lab/index';
import { readFacts } from '#server/helper/host';
import { eventually, type HelperHost, startHelperHost } from '#server/helper/testing/helper-host';
import { createConnectionPool } from './connection-pool';
import { scanHostKey } from './scan-host-key';
import type { SshTarget } from './ssh-target';
import type { Transport } from './transport';
import { TransportError } from './transport-error';

const available = labAvailable();

describe.skipIf(available !== true)(
  `reaching a host by SSH${available === true ? '' : ` (${available})`}`,
  () => {
    let at: HelperHost;
    const pool = createConnectionPool();

    beforeAll(async () => {
      at = await startHelperHost({ servers: ['nginx'] });
    });
    afterAll(async () => {
      await pool.close();
      await at?.stop();
    });

    const to = (change: Partial<SshTarget> = {}): Transport => pool.transport({ ...at.target, ...change });
    const failure = async (transport: Transport): Promise<TransportError> => {
      const error = await readFacts(transport).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (error instanceof TransportError) return error;
      throw new Error(`expected a TransportError, got ${error}`);
    };
    const sessions = async () =>
      (await at.host.processes()).filter(({ command }) => /^sshd: deploy@/.test(command)).length;

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

    it.each(['ed25519', 'ecdsa', 'rsa'] as const)('logs in with an encrypted %s key', async (type) => {
      const key = await createSshKey({ type, passphrase: 'correct horse' });
      await at.host.authorize(key.publicKey);
      const { privateKey } = key;
      expect((await readFacts(to({ privateKey, passphrase: 'correct horse' }))).host.uid).toBe(0);
      const wrong = await failure(to({ privateKey, passphrase: 'battery staple' }));
      expect(wrong.code).toBe('key-invalid');
      expect(`${wrong.message}${wrong.hint}${JSON.stringify(wrong.detail)}`).not.toContain('battery');
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
      await install(rule);
      await at.host.exec(['usermod', '-s', '/usr/sbin/nologin', 'deploy']);
      // sshd asks for the shell when somebody logs in.
      const fresh = createConnectionPool();
      expect((await failure(fresh.transport(at.target))).code).toBe('no-shell');
      await fresh.close();
      await at.host.exec(['usermod', '-s', '/bin/bash', 'deploy']);
    });

    it('is not confused by what login scripts print', async () => {
      const noise = `echo welcome; echo '{"event":"end","outcome":"done","atMs":1}'; echo oops >&2; printf 'no newline at end'\n`;
      await at.host.exec('cat >/home/deploy/.bashrc', { stdin: noise });
      expect((await readFacts(to())).host.hostname).toBe(at.host.name);
      await at.host.exec(['rm', '/home/deploy/.bashrc']);
    });

    it('shares one connection, queues what is beyond its sessions, and closes it when idle', async () => {
      const own = createConnectionPool({ idleMs: 300 });
      const before = await sessions();
      const transports = Array.from({ length: 24 }, () => own.transport(at.target));
      const facts = await Promise.all(transports.map((transport) => readFacts(transport)));
      expect(facts).toHaveLength(24);
      expect(await sessions()).toBe(before + 1);
      for (const transport of transports) await transport.close();
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect(await sessions()).toBe(before);
      await own.close();
    });

    it('dials again when the connection died while nobody used it', async () => {
      const transport = to();
      await readFacts(transport);
      await at.host.killSshSessions();
      expect((await readFacts(transport)).host.uid).toBe(0);
    });

    it('reaches what listens on the host’s own loopback', async () => {
      const stream = await to().forward('127.0.0.1', 80);
      stream.end('GET / HTTP/1.0\r\n\r\n');
      const [chunk] = (await once(stream, 'data')) as [Buffer];
      expect(chunk.toString()).toContain('HTTP/1.1 200 OK');
      stream.destroy();
      await expect(to().forward('127.0.0.1', 81)).rejects.toMatchObject({ code: 'forward-refused' });
    });

    it('goes through a jump host', async () => {
      const via: SshTarget = at.target;
      const facts = await readFacts(to({ via, address: '127.0.0.1' }));
      expect(facts.host.hostname).toBe(at.host.name);
      expect((await failure(to({ via, address: '127.0.0.1', port: 81 }))).code).toBe('unreachable');
    });

    it('gives up on a host that says nothing any more', async () => {
      const transport = to();
      await readFacts(transport);
      await at.host.cutLink();
      try {
        await expect(readFacts(transport, { idleTimeoutMs: 1000 })).rejects.toMatchObject({
          code: 'unreachable',
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

    it('G11: a host that was reinstalled is refused until a person has looked', async () => {
      const fresh = createConnectionPool();
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

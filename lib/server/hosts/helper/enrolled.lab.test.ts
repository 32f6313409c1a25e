import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSshKey, labAvailable, type SshKey } from '#lab/index';
import { run } from '#lab/run';
import { createConnectionPool } from '#server/hosts/ssh/connection-pool';
import type { Transport } from '#server/hosts/ssh/transport';
import { bootstrapScript, enrolledUser } from './bootstrap-script';
import { helperSha256 } from './helper-text';
import { applyOnHost, confirmOnHost, readFacts, readState, rollbackOnHost } from './host';
import {
  answerAt,
  applyRequest,
  type HelperHost,
  newNginxSite,
  nginxFile,
  nginxSite,
  put,
  startHelperHost,
  untouchedFiles,
} from './testing/helper-host';
import { upgradeScript } from './upgrade-script';

const available = labAvailable();

describe.skipIf(available !== true).each(['bookworm', 'trixie'] as const)(
  `an enrolled host (%s)${available === true ? '' : ` (${available})`}`,
  (release) => {
    let at: HelperHost;
    let key: SshKey;
    let transport: Transport;
    const pool = createConnectionPool();

    beforeAll(async () => {
      at = await startHelperHost({ servers: ['nginx'], release, sudo: 'none' });
      key = await createSshKey({ comment: 'gatehouse' });
      const { stdout } = await at.host.exec('sh', { stdin: bootstrapScript(key.publicKey) });
      expect(stdout).toContain('ready');
      transport = pool.transport({
        ...at.target,
        user: enrolledUser,
        privateKey: key.privateKey,
        account: 'enrolled',
      });
    });
    afterAll(async () => {
      await pool.close();
      await at?.stop();
    });

    /** The system's own ssh client with the enrolled key: what a thief of the key would use. */
    async function ssh(...argv: string[]) {
      const directory = (await run(['mktemp', '-d'])).stdout.trim();
      try {
        await run(['sh', '-c', 'umask 077; cat >"$1/key"', 'sh', directory], { stdin: key.privateKey });
        const options = [
          '-i',
          `${directory}/key`,
          '-o',
          'IdentitiesOnly=yes',
          '-o',
          'StrictHostKeyChecking=no',
          '-o',
          'UserKnownHostsFile=/dev/null',
          '-o',
          'LogLevel=ERROR',
          '-o',
          'BatchMode=yes',
        ];
        const [command = 'ssh', ...rest] = argv;
        return await run([command, ...options, ...rest], { check: false, timeoutMs: 60_000 });
      } finally {
        await run(['rm', '-rf', directory]);
      }
    }
    const login = () => `${enrolledUser}@${at.host.address}`;

    it('does its whole work by the forced command', async () => {
      const facts = await readFacts(transport);
      expect(facts.host).toMatchObject({ uid: 0, helperSha256: helperSha256(), hostname: at.host.name });
      const request = applyRequest('nginx', newNginxSite(nginxSite('enrolled')), {
        listeners: [{ port: 8081, protocol: 'tcp' }],
      });
      expect((await applyOnHost(transport, request)).outcome).toBe('holding');
      expect(await answerAt(at.host, 8081)).toBe('enrolled');
      expect((await confirmOnHost(transport, request.applyId)).outcome).toBe('confirmed');
      const { files } = await readState(transport, {
        servers: ['nginx'],
        paths: [],
        exists: [],
        contents: true,
      });
      expect(files.find(({ path }) => path === nginxFile)?.content).toBe(nginxSite('enrolled'));
    });

    it('the key opens nothing else: no shell, no command, no file transfer, no forwarding', async () => {
      const before = await untouchedFiles(at.host);
      for (const command of [
        'id',
        'sh',
        'sudo -n id',
        'cat /etc/shadow',
        '/usr/local/lib/gatehouse/helper --watchdog x',
        'true; id',
      ]) {
        const { stdout } = await ssh('ssh', login(), command);
        expect(stdout, command).toContain('"code":"bad-request"');
        expect(stdout, command).not.toMatch(/uid=|root:/);
      }
      const shell = await ssh('ssh', '-tt', login());
      expect(shell.stdout + shell.stderr).not.toMatch(/[$#] $/);
      const copy = await ssh('scp', `${login()}:/etc/hostname`, '/dev/null');
      expect(copy.code).not.toBe(0);
      const sftp = await ssh('sftp', '-b', '/dev/null', login());
      expect(sftp.code).not.toBe(0);
      const forward = await ssh('ssh', '-W', '127.0.0.1:80', login());
      expect(forward.stdout).toBe('');
      expect(forward.code).not.toBe(0);
      await expect(transport.forward('127.0.0.1', 80)).rejects.toMatchObject({ code: 'forward-refused' });
      expect(await untouchedFiles(at.host)).toBe(before);
    });

    it('G6: the helper itself refuses what is not its business, no matter who asks', async () => {
      for (const path of [
        '/root/.ssh/authorized_keys',
        '/etc/sudoers.d/gatehouse',
        '/usr/local/lib/gatehouse/helper',
        '/var/lib/gatehouse-login/.ssh/authorized_keys',
      ]) {
        const answer = await applyOnHost(transport, applyRequest('nginx', [put(path, 'x\n')]));
        expect(answer.errors, path).toMatchObject([{ code: 'path-not-allowed' }]);
      }
      await expect(
        readState(transport, { servers: [], paths: ['/etc/shadow'], exists: [], contents: true }),
      ).rejects.toMatchObject({ code: 'helper-refused' });
    });

    it('the account may run the helper, without arguments, and nothing else', async () => {
      const asAccount = (command: string) =>
        at.host.exec(
          [
            'setpriv',
            `--reuid=${enrolledUser}`,
            `--regid=${enrolledUser}`,
            '--clear-groups',
            'sh',
            '-c',
            command,
          ],
          { check: false },
        );
      for (const command of ['sudo -n id', 'sudo -n sh', 'sudo -n /usr/local/lib/gatehouse/helper --boot']) {
        expect((await asAccount(command)).code, command).not.toBe(0);
      }
      expect((await asAccount('sudo -n /usr/local/lib/gatehouse/helper </dev/null')).stdout).toContain(
        'bad-request',
      );
      expect((await asAccount('echo x >>/var/lib/gatehouse-login/.ssh/authorized_keys')).code).not.toBe(0);
    });

    it('G4: puts the files back at boot, before a web server reads them', async () => {
      const before = await untouchedFiles(at.host, ['/etc/nginx']);
      const request = applyRequest('nginx', [put('/etc/nginx/conf.d/gatehouse-b.conf', '# b\n')]);
      expect((await applyOnHost(transport, request)).outcome).toBe('holding');
      await at.host.sync();
      await at.host.powerCut();
      await at.host.boot();
      await at.host.exec(['/usr/local/lib/gatehouse/helper', '--boot']);
      expect(await untouchedFiles(at.host, ['/etc/nginx'])).toBe(before);
      expect((await rollbackOnHost(transport, request.applyId)).outcome).toBe('rolled-back');
    });

    it('an older helper gets no work, and root brings it up to date with the script that fits every host', async () => {
      const helper = '/usr/local/lib/gatehouse/helper';
      const others = () =>
        untouchedFiles(at.host, ['/etc/sudoers.d', '/var/lib/gatehouse-login', '/etc/passwd', '/etc/shadow']);
      await at.host.exec(`echo '# of an earlier release' >>${helper}`);
      const [before, old] = [await others(), await at.host.readFile(helper)];
      await expect(readFacts(transport)).rejects.toMatchObject({ code: 'helper-outdated' });
      // The key itself cannot bring new code: whatever it sends is a request to the helper.
      await ssh('ssh', login(), 'sh', '-c', `'echo x >${helper}'`);
      const changed = upgradeScript().replace('verb_apply() {', 'verb_apply() { id;');
      const refused = await at.host.exec('sh', { stdin: changed, check: false });
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('changed on its way')]);
      expect(await at.host.readFile(helper)).toBe(old);

      expect((await at.host.exec('sh', { stdin: upgradeScript() })).stdout).toContain('up to date now');
      expect((await readFacts(transport)).host).toMatchObject({ uid: 0, helperSha256: helperSha256() });
      expect(await others()).toBe(before);
      expect((await at.host.exec('sh', { stdin: upgradeScript() })).stdout).toContain('up to date already');
      expect((await at.host.exec(['stat', '-c', '%a %U', helper])).stdout).toBe('755 root\n');
    });

    it('can be installed again, and taken back', async () => {
      const script = bootstrapScript(key.publicKey);
      await at.host.exec('sh', { stdin: script });
      expect((await readFacts(transport)).host.uid).toBe(0);
      await at.host.exec('sh -s -- --remove', { stdin: script });
      const left = await at.host.exec(
        'ls -d /usr/local/lib/gatehouse /etc/sudoers.d/gatehouse /var/lib/gatehouse-login 2>/dev/null; id gatehouse',
        { check: false },
      );
      expect(left.stdout).toBe('');
      const upgrade = await at.host.exec('sh', { stdin: upgradeScript(), check: false });
      expect([upgrade.code, upgrade.stderr]).toEqual([
        1,
        expect.stringContaining('run the bootstrap script'),
      ]);
    });

    it('takes nothing for a public key that is not one, or that would end the quotes around it', () => {
      expect(() => bootstrapScript('command="id" ssh-ed25519 AAAA')).toThrow(RangeError);
      expect(() => bootstrapScript("ssh-ed25519 AAAA'; id; '")).toThrow(RangeError);
      expect(bootstrapScript("ssh-ed25519 AAAA me'$(id)")).toContain("key='ssh-ed25519 AAAA me---id-'");
    });
  },
);

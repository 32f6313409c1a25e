import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeHeader } from '#core/host/encode-request';
import { labAvailable } from '#lab/index';
import type { Transport } from '#server/hosts/ssh/transport';
import { helperText } from './helper-text';
import {
  applyOnHost,
  confirmOnHost,
  preflightOnHost,
  readFacts,
  readFiles,
  readState,
  rollbackOnHost,
  statusOnHost,
} from './host';
import {
  answerAt,
  applyRequest,
  eventually,
  type HelperHost,
  link,
  newNginxSite,
  nginxFile,
  nginxLink,
  nginxSite,
  printOf,
  put,
  remove,
  startHelperHost,
  untouchedFiles,
  watchedPaths,
} from './testing/helper-host';

const available = labAvailable();
const sha = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

describe.skipIf(available !== true)(
  `the limits of the helper${available === true ? '' : ` (${available})`}`,
  () => {
    let at: HelperHost;
    const codes = (answer: { errors: readonly { code: string }[] }) =>
      answer.errors.map((error) => error.code);

    beforeAll(async () => {
      at = await startHelperHost({ servers: ['nginx'] });
      const request = applyRequest('nginx', newNginxSite(nginxSite('one')));
      expect((await applyOnHost(at.transport, request)).outcome).toBe('holding');
      expect((await confirmOnHost(at.transport, request.applyId)).outcome).toBe('confirmed');
    });
    afterAll(() => at?.stop());

    /** Sends bytes of our own instead of a request. */
    async function raw(transport: Transport, ...parts: Uint8Array[]): Promise<string[]> {
      const script = Buffer.from(helperText());
      const execution = await transport.exec('direct-sudo', [
        Buffer.from(`${script.length}\n`),
        script,
        ...parts,
      ]);
      const lines: string[] = [];
      for await (const line of execution.lines) if (line) lines.push(line);
      return lines;
    }
    const codeOf = (lines: string[]) => /"code":"([a-z-]+)"/.exec(lines.join('\n'))?.[1];

    function framed(
      verb: string,
      manifest: string,
      contents = '',
      change: { total?: number; sha256?: string } = {},
    ): Buffer {
      const blob = Buffer.from(manifest + contents);
      const header = encodeHeader({
        verb,
        nonce: 'a'.repeat(32),
        manifestBytes: Buffer.byteLength(manifest),
        totalBytes: change.total ?? blob.length,
        sha256: change.sha256 ?? sha(blob),
      });
      return Buffer.concat([Buffer.from(header), blob]);
    }

    it('refuses garbage, truncated and oversized input without hanging', async () => {
      expect(codeOf(await raw(at.transport))).toBe('bad-request');
      expect(codeOf(await raw(at.transport, Buffer.from('hello')))).toBe('bad-request');
      expect(codeOf(await raw(at.transport, Buffer.alloc(4_000_000, 0)))).toBe('bad-request');
      expect(codeOf(await raw(at.transport, Buffer.alloc(4_000_000, 'x y z $(id) `id` \n')))).toBe(
        'bad-request',
      );
      expect(codeOf(await raw(at.transport, framed('facts', '', 'x', { total: 100 })))).toBe(
        'request-damaged',
      );
      expect(codeOf(await raw(at.transport, framed('facts', '', 'x', { sha256: '0'.repeat(64) })))).toBe(
        'request-damaged',
      );
      expect(codeOf(await raw(at.transport, framed('facts', '', '', { total: 999_999_999 })))).toBe(
        'request-too-large',
      );
      expect(codeOf(await raw(at.transport, framed('format', '')))).toBe('verb-unknown');
      const two = Buffer.from(framed('facts', '').toString().replace('gatehouse 1', 'gatehouse 2'));
      expect(codeOf(await raw(at.transport, two))).toBe('protocol-unknown');
    });

    it('reads a gigabyte that nobody asked for neither into memory nor onto the disk', async () => {
      const script = `head -c 1073741824 /dev/zero | sh "$1"; test "$(du -sk /run | cut -f 1)" -lt 10000 && echo small`;
      await at.host.writeFile('/root/helper', helperText());
      const { stdout } = await at.host.exec(['sh', '-c', script, 'sh', '/root/helper'], { check: false });
      expect(stdout).toContain('"code":"bad-request"');
      expect(stdout).toContain('small');
    });

    it.each([
      'put /etc/nginx/conf.d/gatehouse.conf 644 0 1',
      `put /etc/nginx/conf.d/../nginx.conf 644 0 1 ${'0'.repeat(64)} site absent`,
      `put /etc/nginx/conf.d/gatehouse-$(id).conf 644 0 1 ${'0'.repeat(64)} site absent`,
      `put /etc/nginx/conf.d/gatehouse.conf 9999 0 1 ${'0'.repeat(64)} site absent`,
      `put /etc/nginx/conf.d/gatehouse.conf 644 0 1 ${'0'.repeat(64)} key absent`,
      'link /etc/nginx/sites-enabled/gatehouse-a.conf ../a;id enable absent',
      'server nginx; id',
      'apply ../../etc',
      'holder $(id)',
      'hold 999999',
      'listen tcp 70000',
      'cert /etc/gatehouse/tls/a.crt /etc/gatehouse/tls/a.key a.test\nDNS:x',
      'nonsense',
      'path /etc/nginx/\u0001',
      'path relative',
    ])('refuses the manifest line %j', async (line) => {
      expect(codeOf(await raw(at.transport, framed('preflight', `server nginx\n${line}\n`)))).toBe(
        'bad-request',
      );
    });

    it.each([
      ['/etc/passwd', 'site'],
      ['/etc/nginx/nginx.conf', 'site'],
      ['/etc/nginx/conf.d/other.conf', 'site'],
      ['/etc/nginx/sites-enabled/default', 'site'],
      ['/etc/caddy/Caddyfile', 'include'],
      ['/etc/apache2/sites-available/gatehouse-a.conf', 'site'],
      ['/etc/nginx/conf.d/sub/gatehouse-a.conf', 'site'],
      ['/var/lib/gatehouse/gatehouse-a.conf', 'site'],
      ['/etc/gatehouse/tls/sub/a.crt', 'site'],
      ['/root/.ssh/authorized_keys', 'include'],
    ] as const)('G6: does not write to %s', async (path, role) => {
      const before = await untouchedFiles(at.host);
      const answer = await applyOnHost(at.transport, applyRequest('nginx', [{ ...put(path, 'x\n'), role }]));
      expect([answer.outcome, codes(answer)]).toEqual(['refused', ['path-not-allowed']]);
      const removal = await applyOnHost(
        at.transport,
        applyRequest('nginx', [{ ...remove(path, printOf('x')), role }]),
      );
      expect(codes(removal)).toEqual(['path-not-allowed']);
      expect(await untouchedFiles(at.host)).toBe(before);
    });

    it('G6: enables only the file of the same name', async () => {
      for (const target of ['/etc/shadow', '../sites-available/gatehouse-b.conf', '../../passwd']) {
        const changes = [link('/etc/nginx/sites-enabled/gatehouse-c.conf', target)];
        expect(codes(await applyOnHost(at.transport, applyRequest('nginx', changes))), target).toEqual([
          'path-not-allowed',
        ]);
      }
    });

    it('G6: follows no symbolic link on the way to a file, and replaces one that is in its place', async () => {
      await at.host.exec('mv /etc/nginx/conf.d /etc/nginx/real.d && ln -s real.d /etc/nginx/conf.d');
      const answer = await applyOnHost(
        at.transport,
        applyRequest('nginx', [put('/etc/nginx/conf.d/gatehouse.conf', '# x\n')]),
      );
      expect(answer.errors).toMatchObject([{ code: 'parent-is-link', path: '/etc/nginx/conf.d' }]);
      await at.host.exec('rm /etc/nginx/conf.d && mv /etc/nginx/real.d /etc/nginx/conf.d');
      await at.host.exec(
        'echo precious >/root/precious; ln -s /root/precious /etc/nginx/conf.d/gatehouse.conf',
      );
      const request = applyRequest('nginx', [
        put('/etc/nginx/conf.d/gatehouse.conf', '# ours\n', { kind: 'link', target: '/root/precious' }),
      ]);
      expect((await applyOnHost(at.transport, request)).outcome).toBe('holding');
      expect(await at.host.readFile('/root/precious')).toBe('precious\n');
      expect(await at.host.readFile('/etc/nginx/conf.d/gatehouse.conf')).toBe('# ours\n');
      expect((await rollbackOnHost(at.transport, request.applyId)).outcome).toBe('rolled-back');
      expect((await at.host.exec(['readlink', '/etc/nginx/conf.d/gatehouse.conf'])).stdout.trim()).toBe(
        '/root/precious',
      );
      await at.host.exec(['rm', '/etc/nginx/conf.d/gatehouse.conf']);
    });

    it('reads configuration, and nothing else: no keys, no other files, not through links', async () => {
      const [main] = await readFiles(at.transport, ['/etc/nginx/nginx.conf']);
      expect(main?.content).toContain('worker_processes');
      await at.host.writeFile('/etc/nginx/secret.conf', '-----BEGIN PRIVATE KEY-----\nAAAA\n');
      await at.host.exec('ln -sfn /etc/shadow /etc/nginx/innocent.conf');
      const [secret] = await readFiles(at.transport, ['/etc/nginx/secret.conf']);
      expect(secret).toMatchObject({ fingerprint: { kind: 'file' }, content: null });
      for (const path of [
        '/etc/shadow',
        '/etc/nginx/innocent.conf',
        '/etc/nginx/site.key',
        '/root/helper',
        '/etc/gatehouse/tls/a.key',
      ]) {
        await expect(readFiles(at.transport, [path]), path).rejects.toMatchObject({
          code: 'helper-refused',
          detail: { code: 'path-not-allowed' },
        });
      }
      await expect(
        readState(at.transport, { servers: [], paths: ['/etc/shadow'], exists: [], contents: false }),
      ).rejects.toMatchObject({ code: 'helper-refused' });
      const { exists } = await readState(at.transport, {
        servers: [],
        paths: [],
        exists: ['/etc/shadow', '/etc/ssl', '/nope'],
        contents: false,
      });
      expect([...exists.values()]).toEqual(['file', 'other', 'absent']);
      await at.host.exec('rm /etc/nginx/secret.conf /etc/nginx/innocent.conf');
    });

    it('a full disk changes nothing', async () => {
      const before = await untouchedFiles(at.host);
      // A watchdog that is about to leave still has its script open, and makes room for as much when it leaves.
      await eventually(
        async () => !(await at.host.processes()).some(({ command }) => command.includes('--watchdog')),
      );
      await at.host.fillDisk();
      try {
        const changes = [
          put(nginxFile, `${nginxSite('big')}${'# padding\n'.repeat(20_000)}`, printOf(nginxSite('one'))),
        ];
        const answer = await applyOnHost(at.transport, applyRequest('nginx', changes));
        expect(answer.outcome).toBe('refused');
        expect(codes(answer)[0]).toMatch(
          /^(disk-full|write-failed|backup-failed|state-not-writable|watchdog-failed)$/,
        );
        expect((await readFacts(at.transport)).disks.find(({ path }) => path === '/etc')?.freeKib).toBe(0);
      } finally {
        await at.host.freeDisk();
      }
      expect(await untouchedFiles(at.host)).toBe(before);
      expect(await answerAt(at.host, 8081)).toBe('one');
    });

    it('a read-only file system is said so', async () => {
      // A watchdog that is about to leave still has the lock file open.
      await eventually(() =>
        at.host.readOnly(true).then(
          () => true,
          () => false,
        ),
      );
      try {
        const facts = await readFacts(at.transport);
        expect(facts.disks.find(({ path }) => path === '/etc')).toMatchObject({ writable: false });
        expect(
          codes(
            await applyOnHost(
              at.transport,
              applyRequest('nginx', [put(nginxFile, '# x\n', printOf(nginxSite('one')))]),
            ),
          ),
        ).toEqual(['state-not-writable']);
        expect(
          (
            await preflightOnHost(at.transport, {
              server: 'nginx',
              certificates: [],
              changes: [put('/etc/nginx/conf.d/gatehouse.conf', '# x\n')],
            })
          ).candidate?.passed,
        ).toBe(true);
      } finally {
        await at.host.readOnly(false);
      }
    });

    it('caps megabytes of tool output and says so', async () => {
      const noisy = `#!/bin/sh\n[ "$1" != -t ] || { i=0; while [ $i -lt 60000 ]; do echo "nginx: [warn] noise noise noise noise noise noise noise noise"; i=$((i + 1)); done; }\nexec /usr/sbin/nginx.real "$@"\n`;
      await at.host.exec(['mv', '/usr/sbin/nginx', '/usr/sbin/nginx.real']);
      await at.host.writeFile('/usr/sbin/nginx', noisy, '755');
      const answer = await preflightOnHost(at.transport, {
        server: 'nginx',
        certificates: [],
        changes: [put('/etc/nginx/conf.d/gatehouse.conf', '# x\n')],
      });
      expect(answer.candidate).toMatchObject({ passed: true, truncated: true });
      expect(answer.candidate?.text.length).toBeLessThanOrEqual(65_536);
      await at.host.exec(['mv', '/usr/sbin/nginx.real', '/usr/sbin/nginx']);
    });

    it('tests a copy where the system allows no private mounts, and says so', async () => {
      await at.host.exec('mv /usr/bin/unshare /usr/bin/unshare.away');
      const paths = [...watchedPaths, '/run', '/var/log', '/var/lib'];
      const before = await untouchedFiles(at.host, paths);
      const check = (text: string) =>
        preflightOnHost(at.transport, {
          server: 'nginx',
          certificates: [],
          changes: [put(nginxFile, text, printOf(nginxSite('one')))],
        });
      expect(await check(nginxSite('two'))).toMatchObject({
        method: 'copy',
        baseline: { passed: true },
        candidate: { passed: true },
      });
      const bad = await check('server { absolute_redirect nonsense; }\n');
      expect(bad.candidate?.passed).toBe(false);
      expect(bad.candidate?.text).toContain(`in ${nginxLink}:1`);
      expect(await untouchedFiles(at.host, paths)).toBe(before);
      const request = applyRequest('nginx', [put(nginxFile, nginxSite('two'), printOf(nginxSite('one')))], {
        listeners: [{ port: 8081, protocol: 'tcp' }],
      });
      expect((await applyOnHost(at.transport, request)).outcome).toBe('holding');
      expect((await rollbackOnHost(at.transport, request.applyId)).outcome).toBe('rolled-back');
      await at.host.exec('mv /usr/bin/unshare.away /usr/bin/unshare');
    });

    it('makes a self-signed certificate once, keeps it, and replaces it when a name is added', async () => {
      const pair = {
        kind: 'self-signed',
        certificatePath: '/etc/gatehouse/tls/a.crt',
        keyPath: '/etc/gatehouse/tls/a.key',
      } as const;
      const apply = async (
        hostnames: string[],
        changes = [put('/etc/nginx/conf.d/gatehouse.conf', `# ${hostnames}\n`)],
      ) => {
        const request = applyRequest('nginx', changes, { certificates: [{ ...pair, hostnames }] });
        const answer = await applyOnHost(at.transport, request);
        return {
          answer,
          request,
          actions: answer.events.flatMap((event) => (event.event === 'certificate' ? [event.action] : [])),
        };
      };
      const first = await apply(['a.test', '*.a.test']);
      expect([first.answer.outcome, first.actions]).toEqual(['holding', ['created']]);
      expect(JSON.stringify(first.answer.events)).not.toContain('PRIVATE');
      expect((await confirmOnHost(at.transport, first.request.applyId)).outcome).toBe('confirmed');
      const text = (await at.host.exec(['openssl', 'x509', '-in', pair.certificatePath, '-noout', '-text']))
        .stdout;
      expect(text).toContain('DNS:a.test, DNS:*.a.test');
      expect(text).toContain('NIST CURVE: P-256');
      expect((await at.host.exec(['stat', '-c', '%U %a', pair.keyPath])).stdout.trim()).toBe('root 600');
      expect(
        (await at.host.exec(`grep -rl 'PRIVATE KEY' /var/lib/gatehouse /run /tmp`, { check: false })).stdout,
      ).toBe('');
      const same = await apply(['a.test'], []);
      expect([same.answer.outcome, same.actions]).toEqual(['unchanged', ['kept']]);
      const more = await apply(['a.test', 'b.test'], []);
      expect([more.answer.outcome, more.actions]).toEqual(['holding', ['replaced']]);
      expect((await rollbackOnHost(at.transport, more.request.applyId)).outcome).toBe('rolled-back');
      expect((await apply(['a.test'], [])).actions).toEqual(['kept']);
    });

    it('prints ten thousand files in one go', async () => {
      await at.host.exec('for i in $(seq 10000); do echo "# $i" >/etc/nginx/conf.d/gatehouse-$i.conf; done');
      const { files } = await readState(at.transport, {
        servers: ['nginx'],
        paths: [],
        exists: [],
        contents: true,
      });
      expect(files.filter(({ path }) => path.startsWith('/etc/nginx/conf.d/gatehouse-'))).toHaveLength(
        10_000,
      );
      expect(files.find(({ path }) => path.endsWith('-77.conf'))?.content).toBe('# 77\n');
      await at.host.exec('find /etc/nginx/conf.d -name "gatehouse-*" -delete');
    });

    it('nothing of all this is still on trial', async () => {
      const { journals } = await readState(at.transport, {
        servers: [],
        paths: [],
        exists: [],
        contents: false,
      });
      expect(journals.filter(({ state }) => !['confirmed', 'rolled-back'].includes(state))).toEqual([]);
      expect((await statusOnHost(at.transport, 'unknown-apply')).journal).toBeNull();
    });
  },
);

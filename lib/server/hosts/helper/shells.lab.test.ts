import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labAvailable } from '#lab/index';
import {
  applyOnHost,
  confirmOnHost,
  preflightOnHost,
  readFacts,
  readState,
  rollbackOnHost,
  statusOnHost,
} from './host';
import {
  answerAt,
  applyRequest,
  eventually,
  type HelperHost,
  newNginxSite,
  nginxFile,
  nginxSite,
  printOf,
  put,
  startHelperHost,
} from './testing/helper-host';

const available = labAvailable();

/** What a host without GNU tools has instead: BusyBox for every command that the helper calls, and no flock at all. */
const busybox = `
set -eu
for tool in awk base64 cat chmod chown cmp cp cut date dd df env find grep head id ln ls mkdir mktemp mount mv paste \
  pivot_root readlink rm rmdir sed setsid sha256sum sleep sort stat sync tail timeout touch tr umount uname uniq unshare wc xargs; do
  found=$(command -v "$tool")
  busybox ln -sf "$(command -v busybox)" "$found"
done
busybox rm -f /usr/bin/flock
busybox ln -sf "$(command -v busybox)" /bin/sh
`;
const setups: Record<string, string> = {
  dash: 'ln -sf dash /bin/sh',
  bash: 'ln -sf bash /bin/sh',
  'BusyBox and nothing else': busybox,
};

describe.skipIf(available !== true).each(Object.keys(setups))(
  `the helper under %s${available === true ? '' : ` (${available})`}`,
  (name) => {
    let at: HelperHost;
    beforeAll(async () => {
      at = await startHelperHost({ servers: ['nginx'] });
      await at.host.exec(setups[name] ?? 'false');
    });
    afterAll(() => at?.stop());

    /** Every file with its time and inode, without the GNU find that the lab's own listing needs. */
    const files = async () =>
      (await at.host.exec(`find /etc ! -type d -exec stat -c '%n %f %u %g %s %Y %i' {} + | sort`)).stdout;

    it('does its whole work', async () => {
      const facts = await readFacts(at.transport);
      expect(facts.host).toMatchObject({ uid: 0, missing: [], namespaces: true, hostname: at.host.name });
      expect(facts.host.tools.includes('flock')).toBe(name !== 'BusyBox and nothing else');
      expect(facts.servers[0]).toMatchObject({
        server: 'nginx',
        version: '1.22.1',
        running: true,
        user: 'www-data',
      });
      expect(facts.listeners).toContainEqual(
        expect.objectContaining({ port: 80, address: '0.0.0.0', server: 'nginx' }),
      );

      const bad = await preflightOnHost(at.transport, {
        server: 'nginx',
        certificates: [],
        changes: newNginxSite('server { absolute_redirect nonsense; }\n'),
      });
      expect(bad).toMatchObject({
        method: 'namespace',
        baseline: { passed: true },
        candidate: { passed: false },
      });

      const pair = {
        kind: 'self-signed' as const,
        certificatePath: '/etc/gatehouse/tls/a.crt',
        keyPath: '/etc/gatehouse/tls/a.key',
        hostnames: ['a.test'],
      };
      const first = applyRequest('nginx', newNginxSite(nginxSite('one')), {
        listeners: [{ port: 8081, protocol: 'tcp' }],
        certificates: [pair],
      });
      const answer = await applyOnHost(at.transport, first);
      expect([answer.outcome, answer.errors]).toEqual(['holding', []]);
      expect(await answerAt(at.host, 8081)).toBe('one');
      const second = await applyOnHost(
        at.transport,
        applyRequest('nginx', [put('/etc/nginx/conf.d/gatehouse-b.conf', '# b\n')]),
      );
      expect(second.conflict).toMatchObject({ applyId: first.applyId });
      expect((await confirmOnHost(at.transport, first.applyId)).outcome).toBe('confirmed');

      const state = await readState(at.transport, {
        servers: ['nginx'],
        paths: ['/etc/nginx/none.conf'],
        exists: [],
        contents: true,
      });
      expect(state.files.find(({ path }) => path === nginxFile)).toMatchObject({
        fingerprint: printOf(nginxSite('one')),
        content: nginxSite('one'),
      });
      expect(state.files.find(({ path }) => path === '/etc/nginx/none.conf')).toMatchObject({
        fingerprint: { kind: 'absent' },
      });
      expect(state.files.filter(({ fingerprint }) => fingerprint.kind === 'link')).toHaveLength(1);
    });

    it('G1, G3, G5: refuses, rolls back and watches', async () => {
      const before = await files();
      const stale = await applyOnHost(
        at.transport,
        applyRequest('nginx', [put(nginxFile, nginxSite('two'), printOf('older\n'))]),
      );
      expect(stale.errors).toMatchObject([{ code: 'changed' }]);

      await at.host.exec('python3 -m http.server 8099 >/dev/null 2>&1 </dev/null & echo $! >/run/squatter');
      await eventually(async () => (await answerAt(at.host, 8099)) !== '');
      const changes = [put(nginxFile, nginxSite('two', 8099), printOf(nginxSite('one')))];
      const named = applyRequest('nginx', changes, { listeners: [{ port: 8099, protocol: 'tcp' }] });
      const warned = await applyOnHost(at.transport, named);
      expect(warned).toMatchObject({ outcome: 'rolled-back', errors: [{ code: 'port-taken' }] });
      expect(warned.events).toContainEqual(
        expect.objectContaining({ event: 'taken', port: 8099, holder: 'python3' }),
      );
      // A port that the request does not name is not looked at before.
      const answer = await applyOnHost(at.transport, applyRequest('nginx', changes));
      expect(answer).toMatchObject({ outcome: 'rolled-back', errors: [{ code: 'reload-refused' }] });
      expect(await files()).toBe(before);
      await at.host.exec('kill "$(cat /run/squatter)"');

      const trial = applyRequest('nginx', [put(nginxFile, nginxSite('trial'), printOf(nginxSite('one')))], {
        holdSeconds: 5,
      });
      expect((await applyOnHost(at.transport, trial)).outcome).toBe('holding');
      await eventually(
        async () => (await statusOnHost(at.transport, trial.applyId)).journal?.state === 'rolled-back',
      );
      expect(await answerAt(at.host, 8081)).toBe('one');

      const asked = applyRequest('nginx', [put(nginxFile, nginxSite('trial'), printOf(nginxSite('one')))]);
      expect((await applyOnHost(at.transport, asked)).outcome).toBe('holding');
      expect((await rollbackOnHost(at.transport, asked.applyId)).outcome).toBe('rolled-back');
      expect(await files()).toBe(before);
    });

    it('G8: of two applies at the same moment one wins, and a dead owner’s lock is taken over', async () => {
      const requests = ['x', 'y'].map((text) =>
        applyRequest('nginx', [put(nginxFile, nginxSite(text), printOf(nginxSite('one')))]),
      );
      const answers = await Promise.all(requests.map((request) => applyOnHost(at.transport, request)));
      expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['holding', 'refused']);
      const winner = requests[answers.findIndex(({ outcome }) => outcome === 'holding')];
      // The helper that answered may still be on its way out.
      await eventually(
        async () => (await at.host.exec('test -e /var/lib/gatehouse/lock.d', { check: false })).code !== 0,
      );
      // A lock directory as a killed owner leaves it.
      await at.host.exec(
        'mkdir -p /var/lib/gatehouse/lock.d && echo "1 1 $(cat /proc/sys/kernel/random/boot_id)" >/var/lib/gatehouse/lock.d/owner',
      );
      expect((await rollbackOnHost(at.transport, winner?.applyId ?? '')).outcome).toBe('rolled-back');
    });
  },
);

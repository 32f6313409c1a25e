import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labAvailable } from '#lab/index';
import { applyOnHost, confirmOnHost, preflightOnHost, readFacts, rollbackOnHost, statusOnHost } from './host';
import {
  answerAt,
  applyRequest,
  eventually,
  type HelperHost,
  link,
  printOf,
  put,
  startHelperHost,
  untouchedFiles,
  watchedPaths,
} from './testing/helper-host';

const available = labAvailable();
const file = '/etc/apache2/sites-available/gatehouse-a.conf';
const enabled = '/etc/apache2/sites-enabled/gatehouse-a.conf';
const site = (text: string, port = 8081) =>
  `Listen ${port}\n<VirtualHost *:${port}>\n  ServerName a.test\n  Alias / /srv/${text}/\n  <Directory /srv/${text}>\n    Require all granted\n  </Directory>\n</VirtualHost>\n`;

describe.skipIf(available !== true)(
  `applying on Apache${available === true ? '' : ` (${available})`}`,
  () => {
    let at: HelperHost;
    const codes = (answer: { errors: readonly { code: string }[] }) =>
      answer.errors.map((error) => error.code);

    beforeAll(async () => {
      at = await startHelperHost({ servers: ['apache'] });
      for (const text of ['hi', 'one', 'two', 'trial', 'started'])
        await at.host.writeFile(`/srv/${text}/index.html`, text);
    });
    afterAll(() => at?.stop());

    it('knows the host, its modules and what could be switched on', async () => {
      const [server] = (await readFacts(at.transport)).servers;
      expect(server).toMatchObject({
        server: 'apache',
        layout: 'debian',
        running: true,
        user: 'www-data',
        mainConfig: '/etc/apache2/apache2.conf',
      });
      expect(server?.version).toMatch(/^2\.4\.\d+$/);
      expect(server?.modules).toContain('mpm_event');
      expect(server?.available.find(({ name }) => name === 'proxy_http')).toEqual({
        name: 'proxy_http',
        needs: ['proxy'],
        config: false,
      });
      const included = server?.directories.filter((directory) => directory.included).map(({ path }) => path);
      expect(included).toEqual(
        expect.arrayContaining([
          '/etc/apache2/sites-enabled',
          '/etc/apache2/conf-enabled',
          '/etc/apache2/mods-enabled',
        ]),
      );
    });

    it('G2: tests the proposed tree and touches nothing', async () => {
      const paths = [...watchedPaths, '/run', '/var/log', '/var/lib'];
      const before = await untouchedFiles(at.host, paths);
      const changes = [put(file, site('hi')), link(enabled, '../sites-available/gatehouse-a.conf')];
      const good = await preflightOnHost(at.transport, { server: 'apache', certificates: [], changes });
      expect(good).toMatchObject({
        method: 'namespace',
        baseline: { passed: true },
        candidate: { passed: true },
        errors: [],
      });
      const broken = [put(file, 'Listen 0\n'), link(enabled, file)];
      const bad = await preflightOnHost(at.transport, {
        server: 'apache',
        certificates: [],
        changes: broken,
      });
      expect(bad).toMatchObject({ baseline: { passed: true }, candidate: { passed: false } });
      expect(bad.candidate?.text).toContain(`Syntax error on line 1 of ${enabled}`);
      expect(await untouchedFiles(at.host, paths)).toBe(before);
    });

    it('applies a site and a module that it needs, and proves it', async () => {
      const request = applyRequest(
        'apache',
        [
          put(file, site('one')),
          link(enabled, file),
          link('/etc/apache2/mods-enabled/headers.load', '../mods-available/headers.load'),
        ],
        {
          listeners: [{ port: 8081, protocol: 'tcp' }],
        },
      );
      expect((await applyOnHost(at.transport, request)).outcome).toBe('holding');
      expect(await answerAt(at.host, 8081)).toBe('one');
      expect((await confirmOnHost(at.transport, request.applyId)).outcome).toBe('confirmed');
      expect((await readFacts(at.transport)).servers[0]?.modules).toContain('headers');
    });

    it('G3: survives its own death: a taken port kills Apache on reload, the old state is started again', async () => {
      await at.host.exec('python3 -m http.server 8099 >/dev/null 2>&1 </dev/null & echo $! >/run/squatter');
      await eventually(async () => (await answerAt(at.host, 8099)) !== '');
      const before = await untouchedFiles(at.host);
      const changes = [put(file, site('two', 8099), printOf(site('one')))];
      const warned = await applyOnHost(
        at.transport,
        applyRequest('apache', changes, { listeners: [{ port: 8099, protocol: 'tcp' }] }),
      );
      expect([warned.outcome, codes(warned)]).toEqual(['rolled-back', ['port-taken']]);
      expect(await untouchedFiles(at.host)).toBe(before);
      // A port that the request does not name is not looked at before.
      const request = applyRequest('apache', changes);
      const answer = await applyOnHost(at.transport, request);
      expect([answer.outcome, codes(answer)]).toEqual(['rolled-back', ['server-died']]);
      const proofs = answer.events.filter((event) => event.event === 'proof');
      expect(proofs[0]).toMatchObject({ alive: false });
      expect(proofs[0]?.text).toMatch(/AH00072|could not bind/);
      expect(proofs[1]).toMatchObject({ alive: true, step: 'prove-old' });
      expect(await untouchedFiles(at.host)).toBe(before);
      expect(await answerAt(at.host, 8081)).toBe('one');
      expect((await statusOnHost(at.transport, request.applyId)).journal).toMatchObject({
        state: 'rolled-back',
        reason: 'server-died',
      });
      await at.host.exec('kill "$(cat /run/squatter)"');
    });

    it('G5: undoes a trial, module included', async () => {
      const before = await untouchedFiles(at.host);
      const request = applyRequest('apache', [
        put(file, site('trial'), printOf(site('one'))),
        link('/etc/apache2/mods-enabled/rewrite.load', '../mods-available/rewrite.load'),
      ]);
      expect((await applyOnHost(at.transport, request)).outcome).toBe('holding');
      expect(await answerAt(at.host, 8081)).toBe('trial');
      expect((await rollbackOnHost(at.transport, request.applyId)).outcome).toBe('rolled-back');
      expect(await answerAt(at.host, 8081)).toBe('one');
      expect(await untouchedFiles(at.host)).toBe(before);
    });

    it('G6: enables modules only by a link to the file of their own name', async () => {
      for (const target of ['/etc/passwd', '../mods-available/dav.load', '../../../tmp/rewrite.load']) {
        const answer = await applyOnHost(
          at.transport,
          applyRequest('apache', [link('/etc/apache2/mods-enabled/rewrite.load', target)]),
        );
        expect(codes(answer), target).toEqual(['path-not-allowed']);
      }
    });

    it('starts a stopped server only when asked to, and stops it again on rollback', async () => {
      await at.host.stopServer('apache');
      const change = put(file, site('started'), printOf(site('one')));
      expect(codes(await applyOnHost(at.transport, applyRequest('apache', [change])))).toEqual([
        'server-not-running',
      ]);
      const request = applyRequest('apache', [change], {
        startIfStopped: true,
        listeners: [{ port: 8081, protocol: 'tcp' }],
      });
      expect((await applyOnHost(at.transport, request)).outcome).toBe('holding');
      expect(await answerAt(at.host, 8081)).toBe('started');
      expect((await rollbackOnHost(at.transport, request.applyId)).outcome).toBe('rolled-back');
      await eventually(
        async () => !(await at.host.processes()).some(({ command }) => command.includes('apache2 ')),
      );
    });
  },
);

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fingerprint } from '#core/change/file-state';
import type { HostChange } from '#core/host/protocol';
import { labAvailable } from '#lab/index';
import { applyOnHost, confirmOnHost, preflightOnHost, readFacts, readState, rollbackOnHost } from './host';
import {
  answerAt,
  applyRequest,
  eventually,
  type HelperHost,
  printOf,
  put,
  sha256,
  startHelperHost,
  untouchedFiles,
  watchedPaths,
} from './testing/helper-host';

const available = labAvailable();
const file = '/etc/caddy/gatehouse/a.caddy';
const caddyfile = '/etc/caddy/Caddyfile';
const site = (text: string, port = 8081) => `http://:${port} {\n\troute {\n\t\trespond "${text}"\n\t}\n}\n`;

describe.skipIf(available !== true)(`applying on Caddy${available === true ? '' : ` (${available})`}`, () => {
  let at: HelperHost;
  let original: { content: string; fingerprint: Fingerprint };
  const codes = (answer: { errors: readonly { code: string }[] }) => answer.errors.map((error) => error.code);

  /** The one line in a file that is not ours. */
  function importLine(): HostChange {
    const content = `${original.content}import /etc/caddy/gatehouse/*.caddy\n`;
    const mode = original.fingerprint.kind === 'file' ? original.fingerprint.mode : 0o644;
    return {
      path: caddyfile,
      action: 'update',
      before: original.fingerprint,
      after: { kind: 'file', content, sha256: sha256(content), mode },
      role: 'include',
    };
  }

  beforeAll(async () => {
    at = await startHelperHost({ servers: ['caddy'] });
    await at.host.exec(['chown', 'caddy:caddy', caddyfile]);
    await at.host.exec(['chmod', '640', caddyfile]);
    const state = await readState(at.transport, {
      servers: ['caddy'],
      paths: [caddyfile],
      exists: [],
      contents: true,
    });
    const [found] = state.files;
    if (!found?.content) throw new Error('no Caddyfile');
    original = { content: found.content, fingerprint: found.fingerprint };
  });
  afterAll(() => at?.stop());

  it('knows the host', async () => {
    const [server] = (await readFacts(at.transport)).servers;
    expect(server).toMatchObject({ server: 'caddy', running: true, user: 'caddy', mainConfig: caddyfile });
    expect(server?.version).toMatch(/^2\.\d+\.\d+$/);
    expect(server?.modules).toContain('http.handlers.reverse_proxy');
    expect(server?.directories).toContainEqual({
      path: '/etc/caddy/gatehouse',
      exists: false,
      included: false,
    });
  });

  it('G2: tests the proposed tree and touches nothing', async () => {
    // Its own log has a line for each time that it was asked what it runs.
    const paths = [
      ...watchedPaths,
      '/run',
      '/var/log/nginx',
      '/var/log/apache2',
      '/var/lib',
      '/root',
      '/home',
    ];
    const before = await untouchedFiles(at.host, paths);
    const changes = [put(file, site('hi')), importLine()];
    const good = await preflightOnHost(at.transport, { server: 'caddy', certificates: [], changes });
    expect(good).toMatchObject({
      method: 'namespace',
      baseline: { passed: true },
      candidate: { passed: true },
      errors: [],
    });
    const bad = await preflightOnHost(at.transport, {
      server: 'caddy',
      certificates: [],
      changes: [put(file, 'http://:8081 {\n\troute {\n\t\tredir\n\t}\n}\n'), importLine()],
    });
    expect(bad).toMatchObject({ baseline: { passed: true }, candidate: { passed: false } });
    expect(bad.candidate?.text).toContain('/etc/caddy/gatehouse/a.caddy:3');
    expect(await untouchedFiles(at.host, paths)).toBe(before);
  });

  it('applies a site with the import line; the Caddyfile keeps its owner and mode', async () => {
    const request = applyRequest('caddy', [put(file, site('one')), importLine()], {
      listeners: [{ port: 8081, protocol: 'tcp' }],
    });
    expect((await applyOnHost(at.transport, request)).outcome).toBe('holding');
    expect(await answerAt(at.host, 8081)).toBe('one');
    expect((await at.host.exec(['stat', '-c', '%U:%G %a', caddyfile])).stdout.trim()).toBe('caddy:caddy 640');
    expect((await confirmOnHost(at.transport, request.applyId)).outcome).toBe('confirmed');
    expect((await readFacts(at.transport)).servers[0]?.directories).toContainEqual({
      path: '/etc/caddy/gatehouse',
      exists: true,
      included: true,
    });
  });

  it('G6: writes to the Caddyfile only as an include', async () => {
    const answer = await applyOnHost(
      at.transport,
      applyRequest('caddy', [{ ...importLine(), role: 'site' }]),
    );
    expect(codes(answer)).toEqual(['path-not-allowed']);
  });

  it('G3: a port that is taken is told with the reason, and the old config serves on', async () => {
    await at.host.exec('python3 -m http.server 8099 >/dev/null 2>&1 </dev/null & echo $! >/run/squatter');
    await eventually(async () => (await answerAt(at.host, 8099)) !== '');
    const before = await untouchedFiles(at.host);
    const changes = [put(file, site('two', 8099), printOf(site('one')))];
    const warned = await applyOnHost(
      at.transport,
      applyRequest('caddy', changes, { listeners: [{ port: 8099, protocol: 'tcp' }] }),
    );
    expect([warned.outcome, codes(warned)]).toEqual(['rolled-back', ['port-taken']]);
    // A port that the request does not name is not looked at before.
    const answer = await applyOnHost(at.transport, applyRequest('caddy', changes));
    expect([answer.outcome, codes(answer)]).toEqual(['rolled-back', ['reload-failed']]);
    const output = answer.events.find((event) => event.event === 'output');
    expect(output?.event === 'output' && output.text).toContain('address already in use');
    expect(await untouchedFiles(at.host)).toBe(before);
    expect(await answerAt(at.host, 8081)).toBe('one');
    await at.host.exec('kill "$(cat /run/squatter)"');
  });

  it('makes a self-signed certificate that Caddy can read and nobody else', async () => {
    const certificatePath = '/etc/gatehouse/tls/a.crt';
    const keyPath = '/etc/gatehouse/tls/a.key';
    const tls = `https://a.test:8443 {\n\ttls ${certificatePath} ${keyPath}\n\troute {\n\t\trespond "secure"\n\t}\n}\n`;
    const request = applyRequest('caddy', [put('/etc/caddy/gatehouse/tls.caddy', tls)], {
      certificates: [{ kind: 'self-signed', certificatePath, keyPath, hostnames: ['a.test'] }],
      listeners: [{ port: 8443, protocol: 'tcp' }],
    });
    const answer = await applyOnHost(at.transport, request);
    expect([answer.outcome, codes(answer)]).toEqual(['holding', []]);
    const curl = ['curl', '-sk', '--resolve', 'a.test:8443:127.0.0.1', 'https://a.test:8443/'];
    expect((await at.host.exec(curl)).stdout).toBe('secure');
    expect((await at.host.exec(['stat', '-c', '%U:%G %a', keyPath])).stdout.trim()).toBe('root:caddy 640');
    expect((await rollbackOnHost(at.transport, request.applyId)).outcome).toBe('rolled-back');
    expect((await at.host.exec(['ls', '/etc/gatehouse'], { check: false })).code).not.toBe(0);
  });

  it('undoes a trial', async () => {
    const before = await untouchedFiles(at.host);
    const request = applyRequest('caddy', [put(file, site('trial'), printOf(site('one')))]);
    expect((await applyOnHost(at.transport, request)).outcome).toBe('holding');
    expect(await answerAt(at.host, 8081)).toBe('trial');
    expect((await rollbackOnHost(at.transport, request.applyId)).outcome).toBe('rolled-back');
    expect(await answerAt(at.host, 8081)).toBe('one');
    expect(await untouchedFiles(at.host)).toBe(before);
  });
});

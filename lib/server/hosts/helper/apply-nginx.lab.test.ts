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

describe.skipIf(available !== true)(`applying on nginx${available === true ? '' : ` (${available})`}`, () => {
  let at: HelperHost;
  const tree = () => at.host.treeHash(watchedPaths, { times: false });
  const codes = (answer: { errors: readonly { code: string }[] }) => answer.errors.map((error) => error.code);
  const stepsOf = (answer: { events: readonly { event: string }[] }) =>
    answer.events.flatMap((event) => {
      const step = event as { event: string; name?: string; status?: string };
      return step.event === 'step' && step.status !== 'running' ? [`${step.name} ${step.status}`] : [];
    });

  beforeAll(async () => {
    at = await startHelperHost({ servers: ['nginx'] });
  });
  afterAll(() => at?.stop());

  it('knows the host', async () => {
    const facts = await readFacts(at.transport);
    expect(facts.host).toMatchObject({
      distribution: 'debian',
      uid: 0,
      namespaces: true,
      missing: [],
      hostname: at.host.name,
    });
    expect(facts.servers).toHaveLength(1);
    expect(facts.servers[0]).toMatchObject({
      server: 'nginx',
      version: '1.22.1',
      layout: 'debian',
      running: true,
      user: 'www-data',
      mainConfig: '/etc/nginx/nginx.conf',
    });
    const included = facts.servers[0]?.directories
      .filter((directory) => directory.included)
      .map(({ path }) => path);
    expect(included).toEqual(['/etc/nginx/conf.d', '/etc/nginx/sites-enabled']);
    expect(facts.listeners).toContainEqual(
      expect.objectContaining({ port: 80, address: '0.0.0.0', server: 'nginx' }),
    );
    expect(facts.listeners).toContainEqual(
      expect.objectContaining({ port: 22, process: 'sshd', server: null }),
    );
    expect(facts.disks.every((disk) => disk.writable && disk.freeKib > 0)).toBe(true);
    expect(Math.abs(facts.clockSkewSeconds)).toBeLessThan(60);
  });

  it('G2: tests the proposed tree with the host’s own nginx and touches nothing', async () => {
    const paths = [...watchedPaths, '/run', '/var/log', '/var/lib'];
    const before = await untouchedFiles(at.host, paths);
    const good = await preflightOnHost(at.transport, {
      server: 'nginx',
      certificates: [],
      changes: newNginxSite(nginxSite('hi')),
    });
    expect(good).toMatchObject({
      method: 'namespace',
      baseline: { passed: true },
      candidate: { passed: true },
      errors: [],
    });
    const bad = await preflightOnHost(at.transport, {
      server: 'nginx',
      certificates: [],
      changes: newNginxSite('server {\n  listen 8081;\n  proxy_http_version nonsense;\n}\n'),
    });
    expect(bad).toMatchObject({ baseline: { passed: true }, candidate: { passed: false } });
    expect(bad.candidate?.text).toContain(`invalid value "nonsense" in ${nginxLink}:3`);
    expect(await untouchedFiles(at.host, paths)).toBe(before);
  });

  it('G2: sees deletions and missing certificates in the proposed tree', async () => {
    const site = '/etc/nginx/sites-enabled/default';
    const refused = await preflightOnHost(at.transport, {
      server: 'nginx',
      certificates: [],
      changes: [remove(site, { kind: 'link', target: '/etc/nginx/sites-available/default' })],
    });
    expect(refused.errors).toMatchObject([{ code: 'path-not-allowed', path: site }]);
    const missing = await preflightOnHost(at.transport, {
      server: 'nginx',
      certificates: [],
      changes: newNginxSite(
        'server { listen 8443 ssl; ssl_certificate /etc/ssl/nope.crt; ssl_certificate_key /etc/ssl/nope.key; }\n',
      ),
    });
    expect(missing.candidate?.passed).toBe(false);
    expect(missing.candidate?.text).toContain('/etc/ssl/nope.crt');
  });

  it('applies, proves, waits for the confirm, and has nothing left over', async () => {
    const request = applyRequest('nginx', newNginxSite(nginxSite('one')), {
      listeners: [{ port: 8081, protocol: 'tcp' }],
    });
    const answer = await applyOnHost(at.transport, request);
    expect(answer.outcome).toBe('holding');
    expect(stepsOf(answer)).toEqual(
      ['lock', 'compare', 'journal', 'backup', 'arm', 'preflight', 'write', 'test', 'reload', 'prove'].map(
        (name) => `${name} ok`,
      ),
    );
    const proof = answer.events.find((event) => event.event === 'proof');
    expect(proof).toMatchObject({ alive: true, oldWorkers: 0, listeners: [{ port: 8081, owned: true }] });
    expect(await answerAt(at.host, 8081)).toBe('one');
    expect((await statusOnHost(at.transport, request.applyId)).journal).toMatchObject({
      state: 'holding',
      watchdog: 'alive',
    });
    expect((await confirmOnHost(at.transport, request.applyId)).outcome).toBe('confirmed');
    expect((await confirmOnHost(at.transport, request.applyId)).outcome).toBe('confirmed');
    await eventually(
      async () => !(await at.host.processes()).some(({ command }) => command.includes('--watchdog')),
    );
    expect(
      (await at.host.exec(`find / /run -xdev -name '.gatehouse*' -o -xdev -name 'gatehouse.??????'`)).stdout,
    ).toBe('');
    const state = await readState(at.transport, {
      servers: ['nginx'],
      paths: [],
      exists: [],
      contents: true,
    });
    expect(state.files.map(({ path, content, server }) => ({ path, content, server }))).toEqual([
      { path: nginxFile, content: nginxSite('one'), server: 'nginx' },
      { path: nginxLink, content: null, server: 'nginx' },
    ]);
    expect(state.files[0]?.fingerprint).toEqual(printOf(nginxSite('one')));
    expect(state.files[1]?.fingerprint).toEqual({ kind: 'link', target: nginxFile });
  });

  it('G9: nothing to change means no write and no reload', async () => {
    const workers = async () =>
      (await at.host.processes()).filter(({ command }) => command.includes('worker')).map(({ pid }) => pid);
    const before = [await tree(), await workers()];
    const answer = await applyOnHost(
      at.transport,
      applyRequest('nginx', [put(nginxFile, nginxSite('one'), printOf(nginxSite('one')))]),
    );
    expect(answer.outcome).toBe('unchanged');
    expect([await tree(), await workers()]).toEqual(before);
  });

  it('G1: a file edited by hand since the plan stops everything', async () => {
    const before = await tree();
    const answer = await applyOnHost(
      at.transport,
      applyRequest('nginx', [put(nginxFile, nginxSite('two'), printOf('something else\n'))]),
    );
    expect(answer.outcome).toBe('refused');
    expect(codes(answer)).toEqual(['changed']);
    expect(answer.changed).toMatchObject([{ path: nginxFile, kind: 'file' }]);
    expect(await tree()).toBe(before);
  });

  it.each([
    ['mode', 'chmod 600 "$1"'],
    ['owner', 'chown www-data "$1"'],
    ['kind', 'rm "$1" && ln -s /etc/passwd "$1"'],
    ['presence', 'rm "$1"'],
  ])('G1: sees a change of %s', async (_what, spoil) => {
    const content = nginxSite('one');
    await at.host.exec(['sh', '-c', spoil, 'sh', nginxFile]);
    const before = await tree();
    const answer = await applyOnHost(
      at.transport,
      applyRequest('nginx', [put(nginxFile, nginxSite('two'), printOf(content))]),
    );
    expect(codes(answer)).toEqual(['changed']);
    expect(await tree()).toBe(before);
    await at.host.exec(['rm', '-f', nginxFile]);
    await at.host.writeFile(nginxFile, content);
  });

  it('G1: a file that appeared where the plan saw none is not overwritten', async () => {
    const path = '/etc/nginx/conf.d/gatehouse-new.conf';
    await at.host.writeFile(path, '# mine\n');
    const answer = await applyOnHost(at.transport, applyRequest('nginx', [put(path, '# ours\n')]));
    expect(codes(answer)).toEqual(['changed']);
    expect(await at.host.readFile(path)).toBe('# mine\n');
    await at.host.exec(['rm', path]);
  });

  it('G1: files that the plan only looked at count too', async () => {
    const keep = { ...put(nginxFile, nginxSite('one'), printOf('older\n')), action: 'noop' as const };
    const answer = await applyOnHost(
      at.transport,
      applyRequest('nginx', [keep, put('/etc/nginx/conf.d/gatehouse-b.conf', '# b\n')]),
    );
    expect(codes(answer)).toEqual(['changed']);
  });

  it('a syntax error is refused before anything live changes', async () => {
    const before = await untouchedFiles(at.host);
    const answer = await applyOnHost(
      at.transport,
      applyRequest('nginx', [
        put(nginxFile, 'server { absolute_redirect nonsense; }\n', printOf(nginxSite('one'))),
      ]),
    );
    expect(answer.outcome).toBe('refused');
    expect(codes(answer)).toEqual(['test-failed']);
    const tested = answer.events.find((event) => event.event === 'tested' && event.tree === 'candidate');
    expect(tested).toMatchObject({ passed: false, method: 'namespace' });
    expect(await untouchedFiles(at.host)).toBe(before);
    expect(await answerAt(at.host, 8081)).toBe('one');
  });

  it('a port that is taken is told before the web server is', async () => {
    await at.host.exec('python3 -m http.server 8099 >/dev/null 2>&1 </dev/null & echo $! >/run/squatter');
    await eventually(async () => (await answerAt(at.host, 8099)) !== '');
    const before = await untouchedFiles(at.host);
    const workers = await at.host.exec(['pgrep', '-P', (await at.host.readFile('/run/nginx.pid')).trim()]);
    const changes = [put(nginxFile, nginxSite('two', 8099), printOf(nginxSite('one')))];
    const request = applyRequest('nginx', changes, { listeners: [{ port: 8099, protocol: 'tcp' }] });
    const answer = await applyOnHost(at.transport, request);
    expect([answer.outcome, codes(answer)]).toEqual(['rolled-back', ['port-taken']]);
    expect(answer.events).toContainEqual(
      expect.objectContaining({ event: 'taken', port: 8099, address: '0.0.0.0', holder: 'python3' }),
    );
    expect(stepsOf(answer).slice(-4)).toEqual([
      'restore ok',
      'retest ok',
      'reload-old skipped',
      'prove-old ok',
    ]);
    expect(await untouchedFiles(at.host)).toBe(before);
    const after = await at.host.exec(['pgrep', '-P', (await at.host.readFile('/run/nginx.pid')).trim()]);
    expect(after.stdout).toBe(workers.stdout);
    await at.host.exec('kill "$(cat /run/squatter)"');
  });

  it('G3: a port that is taken fails although test and reload say yes, and everything is as before', async () => {
    await at.host.exec('python3 -m http.server 8099 >/dev/null 2>&1 </dev/null & echo $! >/run/squatter');
    await eventually(async () => (await answerAt(at.host, 8099)) !== '');
    const before = await untouchedFiles(at.host);
    // A port that the request does not name is not looked at before.
    const request = applyRequest('nginx', [
      put(nginxFile, nginxSite('two', 8099), printOf(nginxSite('one'))),
    ]);
    const answer = await applyOnHost(at.transport, request);
    expect(answer.outcome).toBe('rolled-back');
    expect(codes(answer)).toEqual(['reload-refused']);
    const proof = answer.events.find((event) => event.event === 'proof');
    expect(proof?.event === 'proof' && proof.text).toContain(
      'bind() to 0.0.0.0:8099 failed (98: Address already in use)',
    );
    expect(stepsOf(answer).slice(-5)).toEqual([
      'prove failed',
      'restore ok',
      'retest ok',
      'reload-old ok',
      'prove-old ok',
    ]);
    expect(await untouchedFiles(at.host)).toBe(before);
    expect(await answerAt(at.host, 8081)).toBe('one');
    expect((await statusOnHost(at.transport, request.applyId)).journal).toMatchObject({
      state: 'rolled-back',
      reason: 'reload-refused',
    });
    await at.host.exec('kill "$(cat /run/squatter)"');
  });

  it('G5: without a confirm the host restores the old state by itself', async () => {
    const before = await untouchedFiles(at.host);
    const request = applyRequest('nginx', [put(nginxFile, nginxSite('trial'), printOf(nginxSite('one')))], {
      holdSeconds: 5,
    });
    expect((await applyOnHost(at.transport, request)).outcome).toBe('holding');
    expect(await answerAt(at.host, 8081)).toBe('trial');
    await eventually(
      async () => (await statusOnHost(at.transport, request.applyId)).journal?.state === 'rolled-back',
    );
    expect((await statusOnHost(at.transport, request.applyId)).journal?.reason).toBe('deadline-passed');
    expect(await answerAt(at.host, 8081)).toBe('one');
    expect(await untouchedFiles(at.host)).toBe(before);
    const late = await confirmOnHost(at.transport, request.applyId);
    expect([late.outcome, codes(late)]).toEqual(['rolled-back', ['too-late']]);
  });

  it('undoes a trial on request, deletions too', async () => {
    const before = await untouchedFiles(at.host);
    const changes = [
      remove(nginxFile, printOf(nginxSite('one'))),
      remove(nginxLink, { kind: 'link', target: nginxFile }),
    ];
    const request = applyRequest('nginx', changes);
    expect((await applyOnHost(at.transport, request)).outcome).toBe('holding');
    expect(await answerAt(at.host, 8081)).toBe('');
    expect((await rollbackOnHost(at.transport, request.applyId)).outcome).toBe('rolled-back');
    expect(await answerAt(at.host, 8081)).toBe('one');
    expect(await untouchedFiles(at.host)).toBe(before);
  });

  it('G8: a second apply gets a conflict that names the holder', async () => {
    const first = applyRequest('nginx', [put(nginxFile, nginxSite('first'), printOf(nginxSite('one')))], {
      holder: 'grace@elsewhere',
    });
    expect((await applyOnHost(at.transport, first)).outcome).toBe('holding');
    const second = await applyOnHost(
      at.transport,
      applyRequest('nginx', [put('/etc/nginx/conf.d/gatehouse-b.conf', '# b\n')]),
    );
    expect(second).toMatchObject({
      outcome: 'refused',
      conflict: { holder: 'grace@elsewhere', applyId: first.applyId, state: 'holding' },
    });
    expect(codes(second)).toEqual(['conflict']);
    expect((await rollbackOnHost(at.transport, first.applyId)).outcome).toBe('rolled-back');
  });

  it('G8: of two applies at the same moment one wins', async () => {
    const requests = ['x', 'y'].map((text) =>
      applyRequest('nginx', [put(nginxFile, nginxSite(text), printOf(nginxSite('one')))]),
    );
    const answers = await Promise.all(requests.map((request) => applyOnHost(at.transport, request)));
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['holding', 'refused']);
    const winner = requests[answers.findIndex(({ outcome }) => outcome === 'holding')];
    expect((await rollbackOnHost(at.transport, winner?.applyId ?? '')).outcome).toBe('rolled-back');
  });

  it('never runs the same apply twice', async () => {
    const request = applyRequest('nginx', [put('/etc/nginx/conf.d/gatehouse-b.conf', '# b\n')]);
    expect((await applyOnHost(at.transport, request)).outcome).toBe('holding');
    expect((await rollbackOnHost(at.transport, request.applyId)).outcome).toBe('rolled-back');
    expect(codes(await applyOnHost(at.transport, request))).toEqual(['apply-known']);
  });

  it('G7: a tree that was broken before is reported as such', async () => {
    await at.host.writeFile('/etc/nginx/conf.d/theirs.conf', 'broken {\n');
    const before = await tree();
    const answer = await applyOnHost(
      at.transport,
      applyRequest('nginx', [put('/etc/nginx/conf.d/gatehouse-b.conf', '# b\n')]),
    );
    expect([answer.outcome, codes(answer)]).toEqual(['refused', ['broken-before']]);
    const baseline = answer.events.find((event) => event.event === 'tested' && event.tree === 'baseline');
    expect(baseline?.event === 'tested' && baseline.text).toContain('/etc/nginx/conf.d/theirs.conf:1');
    expect(await tree()).toBe(before);
    await at.host.exec(['rm', '/etc/nginx/conf.d/theirs.conf']);
  });

  it('a server that does not run is said so, and started only when asked to', async () => {
    await at.host.stopServer('nginx');
    const change = put(nginxFile, nginxSite('started'), printOf(nginxSite('one')));
    expect(codes(await applyOnHost(at.transport, applyRequest('nginx', [change])))).toEqual([
      'server-not-running',
    ]);
    const request = applyRequest('nginx', [change], {
      startIfStopped: true,
      listeners: [{ port: 8081, protocol: 'tcp' }],
    });
    expect((await applyOnHost(at.transport, request)).outcome).toBe('holding');
    expect(await answerAt(at.host, 8081)).toBe('started');
    expect((await rollbackOnHost(at.transport, request.applyId)).outcome).toBe('rolled-back');
    await eventually(
      async () => !(await at.host.processes()).some(({ command }) => command.startsWith('nginx:')),
    );
    expect(await at.host.readFile(nginxFile)).toBe(nginxSite('one'));
    await at.host.startServer('nginx');
  });

  it('keeps the text of a manual edit that a rollback undoes', async () => {
    const request = applyRequest('nginx', [put(nginxFile, nginxSite('trial'), printOf(nginxSite('one')))]);
    expect((await applyOnHost(at.transport, request)).outcome).toBe('holding');
    await at.host.writeFile(nginxFile, '# edited on trial\n');
    const answer = await rollbackOnHost(at.transport, request.applyId);
    expect(answer.outcome).toBe('rolled-back');
    const warning = answer.events.find((event) => event.event === 'warning');
    expect(warning).toMatchObject({ code: 'foreign-edit-undone', path: nginxFile });
    const kept = warning?.event === 'warning' ? (warning.text ?? '') : '';
    expect(await at.host.readFile(kept)).toBe('# edited on trial\n');
    expect(await at.host.readFile(nginxFile)).toBe(nginxSite('one'));
  });

  it('an apply that the host never saw is known to have written nothing', async () => {
    expect((await statusOnHost(at.transport, 'never-heard-of')).journal).toBeNull();
  });
});

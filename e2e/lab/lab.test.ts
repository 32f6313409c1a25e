import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  createLab,
  createSshKey,
  type Host,
  type Lab,
  labAvailable,
  startBuildbot,
  startEcho,
} from '#lab/index';
import { labFile } from '#lab/lab-file';
import { run } from '#lab/run';

const available = labAvailable();

/** On a connection of its own: one that was kept from before a power cut would be reset, for a moment or for none. */
const visit = (url: string) => fetch(url, { headers: { connection: 'close' } });

describe.skipIf(available !== true)(`lab${available === true ? '' : ` (skipped: ${available})`}`, () => {
  let lab: Lab;
  let web: Host;
  let apache: Host;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'gatehouse-lab-test-'));
    const key = await createSshKey();
    await writeFile(join(directory, 'key'), key.privateKey);
    await chmod(join(directory, 'key'), 0o600);
    lab = await createLab();
    const authorizedKeys = [key.publicKey];
    [web, apache] = await Promise.all([
      lab.host({ name: 'web', authorizedKeys }),
      lab.host({
        name: 'apache',
        release: 'trixie',
        servers: ['apache', 'caddy'],
        sudo: 'none',
        authorizedKeys,
      }),
    ]);
  });
  afterAll(async () => {
    await lab?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const sshArgv = (host: Host, command: string, ...options: string[]) => [
    ...['ssh', '-F', 'none', '-i', join(directory, 'key'), '-o', 'IdentitiesOnly=yes', '-o', 'BatchMode=yes'],
    ...['-o', `UserKnownHostsFile=${directory}/known_hosts`, '-o', 'StrictHostKeyChecking=accept-new'],
    ...options,
    `${host.user}@${host.address}`,
    command,
  ];
  const ssh = (host: Host, command: string, ...options: string[]) =>
    run(sshArgv(host, command, ...options), { check: false });
  /** A TCP connection to sshd whose banner has arrived. */
  const openConnection = async (host: Host) => {
    const socket = connect(host.port, host.address);
    const state: { ended: boolean; error: string | undefined } = { ended: false, error: undefined };
    socket.on('error', (error: NodeJS.ErrnoException) => {
      state.error = error.code;
    });
    socket.on('close', () => {
      state.ended = true;
    });
    onTestFinished(() => void socket.destroy());
    await once(socket, 'data');
    return { socket, state };
  };

  describe('hosts', () => {
    test('are separate machines: address, name, processes, files, installed servers', async () => {
      expect(web.address).not.toBe(apache.address);
      expect((await web.exec('hostname')).stdout).toBe('web\n');
      expect((await apache.exec('hostname')).stdout).toBe('apache\n');
      await web.writeFile('/etc/only-here', 'x');
      expect(await apache.treeHash('/etc/only-here')).toBe('/etc/only-here absent');
      const commands = async (host: Host) =>
        (await host.processes()).map(({ command }) => command).join('\n');
      expect(await commands(web)).toMatch(/nginx: master/);
      expect(await commands(web)).not.toMatch(/apache2|caddy/);
      expect(await commands(apache)).toMatch(/apache2 -k start/);
      expect(await commands(apache)).not.toMatch(/nginx/);
      expect((await web.exec('command -v apache2 caddy; dpkg -s apache2', { check: false })).stdout).toBe('');
      expect((await apache.exec('command -v nginx; ls /etc/nginx', { check: false })).stdout).toBe('');
    });

    test('serve with the releases of their own Debian', async () => {
      const server = async (url: string) => (await visit(url)).headers.get('server');
      expect(await server(`http://${web.address}/`)).toBe('nginx/1.22.1');
      expect(await server(`http://${apache.address}/`)).toMatch(/^Apache\/2\.4/);
      expect(await server(`http://${apache.address}:8080/`)).toBe('Caddy');
      expect((await apache.exec('. /etc/os-release; echo $VERSION_CODENAME')).stdout).toBe('trixie\n');
    });

    test('may have no web server at all', async () => {
      const bare = await lab.host({ name: 'bare', servers: [] });
      onTestFinished(() => bare.stop());
      expect((await bare.exec('command -v nginx apache2 caddy', { check: false })).stdout).toBe('');
    });

    test('stop and start a web server as its unit does', async () => {
      for (const [host, server, port] of [
        [web, 'nginx', 80],
        [apache, 'apache', 80],
        [apache, 'caddy', 8080],
      ] as const) {
        const url = `http://${host.address}:${port}/`;
        await host.stopServer(server);
        await expect(visit(url)).rejects.toThrow();
        await host.startServer(server);
        expect((await visit(url)).status).toBe(200);
      }
      const caddy = (await apache.processes()).find(({ command }) => command.includes('caddy run'));
      expect(caddy?.user).toBe('caddy');
    });

    test('let root make a private mount namespace and bind a file over a real path', async () => {
      const { stdout } = await web.exec(`
        echo proposed >/tmp/proposed
        unshare -m sh -c 'mount --bind /tmp/proposed /etc/hostname && mount -t tmpfs tmpfs /run && cat /etc/hostname'
        cat /etc/hostname
      `);
      expect(stdout).toBe('proposed\nweb\n');
    });

    test('list their files so that every kind of change shows', async () => {
      await web.exec('mkdir -p /etc/t && cd /etc/t && echo one >file && ln -s file link');
      const before = await web.treeHash(['/etc/t', '/etc/none']);
      expect(before.split('\n').map((line) => line.split(' ').slice(0, 4).join(' '))).toEqual([
        '/etc/none absent',
        '/etc/t d 755 root:root',
        '/etc/t/file f 644 root:root',
        '/etc/t/link l 777 root:root',
      ]);
      expect(await web.treeHash(['/etc/t', '/etc/none'])).toBe(before);
      const untouched = await web.treeHash('/etc/t', { times: true });
      for (const change of [
        'echo two >file',
        'chmod 600 file',
        'chown nobody file',
        'ln -sf x link',
        'rm link',
      ]) {
        const old = await web.treeHash('/etc/t');
        await web.exec(`cd /etc/t && ${change}`);
        expect(await web.treeHash('/etc/t'), change).not.toBe(old);
      }
      await web.exec('cd /etc/t && echo one >file && chmod 644 file && chown root file && ln -s file link');
      expect(await web.treeHash(['/etc/t', '/etc/none'])).toBe(before);
      expect(await web.treeHash('/etc/t', { times: true })).not.toBe(untouched);
    });

    test('reap the orphans that a login leaves behind', async () => {
      await ssh(web, 'setsid sh -c "sleep 0.1" >/dev/null 2>&1 </dev/null &');
      await until(async () => !(await web.processes()).some(({ command }) => command.includes('sleep 0.1')));
      expect((await web.processes()).filter(({ state }) => state.startsWith('Z'))).toEqual([]);
    });
  });

  describe('ssh', () => {
    test('lets the authorised key in, with sudo where the host grants it', async () => {
      expect(await ssh(web, 'id -un; sudo -n id -un')).toMatchObject({ code: 0, stdout: 'deploy\nroot\n' });
      const refused = await ssh(apache, 'id -un; sudo -n id -un');
      expect(refused).toMatchObject({ code: 1, stdout: 'deploy\n' });
      expect(refused.stderr).toContain('a password is required');
    });

    test('lets nobody in with another key or a password', async () => {
      const other = await createSshKey();
      const path = join(directory, 'other-key');
      await writeFile(path, other.privateKey);
      await chmod(path, 0o600);
      const argv = sshArgv(web, 'true').map((word) => (word === join(directory, 'key') ? path : word));
      const { code, stderr } = await run(argv, { check: false });
      expect(code).toBe(255);
      expect(stderr).toContain('Permission denied (publickey)');
      await web.authorize(other.publicKey);
      expect((await run(argv, { check: false })).code).toBe(0);
    });

    test('shows the fingerprint that the host says it has, and another one after a rotation', async () => {
      const scanned = async () => {
        const { stdout } = await run(['ssh-keyscan', '-t', 'ed25519', web.address]);
        return (await run(['ssh-keygen', '-lf', '-'], { stdin: stdout })).stdout.split(' ')[1];
      };
      const before = await web.hostKeyFingerprint();
      expect(before).toMatch(/^SHA256:/);
      expect(await scanned()).toBe(before);
      expect((await ssh(web, 'true')).code).toBe(0);
      await web.rotateHostKey();
      expect(await web.hostKeyFingerprint()).not.toBe(before);
      expect(await scanned()).toBe(await web.hostKeyFingerprint());
      const { code, stderr } = await ssh(web, 'true');
      expect(code).toBe(255);
      expect(stderr).toContain('REMOTE HOST IDENTIFICATION HAS CHANGED');
      await rm(join(directory, 'known_hosts'));
    });

    test('sessions can be killed under the client while sshd keeps listening', async () => {
      const session = run(sshArgv(web, 'echo in; sleep 600'), { check: false });
      await until(async () => (await web.processes()).some(({ command }) => command === 'sleep 600'));
      await web.killSshSessions();
      expect((await session).code).toBe(255);
      expect((await ssh(web, 'true')).code).toBe(0);
    });
  });

  describe('faults', () => {
    test('a power cut keeps what was synced, loses what was not, and ends every process', async () => {
      await web.exec('echo kept >/etc/kept && sync /etc/kept /etc && echo lost >/etc/lost');
      await web.exec('setsid sleep 1234 >/dev/null 2>&1 & touch /run/marker /tmp/marker');
      const nginx = await web.treeHash('/etc/nginx');
      const { socket, state } = await openConnection(web);
      await web.powerCut();
      expect(web.running).toBe(false);
      expect(state).toEqual({ ended: false, error: undefined });
      await expect(web.exec('true')).rejects.toThrow('web is off');
      expect(await web.readFile('/etc/kept')).toBe('kept\n');
      expect(await web.treeHash('/etc/lost')).toBe('/etc/lost absent');

      await web.boot();
      expect(await web.treeHash('/etc/nginx')).toBe(nginx);
      expect((await web.exec('ls /run/marker /tmp/marker', { check: false })).stdout).toBe('');
      expect((await web.processes()).map(({ command }) => command)).not.toContain('sleep 1234');
      expect((await visit(`http://${web.address}/`)).status).toBe(200);
      expect((await ssh(web, 'cat /etc/kept')).stdout).toBe('kept\n');
      // The new kernel knows nothing of the old one's connections.
      socket.write('anybody there?\r\n');
      await expect(once(socket, 'close')).rejects.toThrow('ECONNRESET');
    });

    test('a cut link tells nobody, and the same connection goes on when it is restored', async () => {
      const { socket, state } = await openConnection(web);
      await web.cutLink();
      const attempt = await ssh(web, 'true', '-o', 'ConnectTimeout=1');
      expect(attempt.code).toBe(255);
      expect(attempt.stderr).toContain('timed out');
      socket.write('SSH-2.0-test\r\n');
      expect(state).toEqual({ ended: false, error: undefined });
      const answer = once(socket, 'data');
      await web.restoreLink();
      // sshd's key exchange offer, sent once it has our version.
      expect(((await answer) as [Buffer])[0].length).toBeGreaterThan(100);
      expect((await ssh(web, 'echo back')).stdout).toBe('back\n');
    });

    test('a full disk is full for everybody, until it is freed', async () => {
      await web.fillDisk();
      const { code, stderr } = await web.exec('dd if=/dev/zero of=/etc/new bs=4k count=1', { check: false });
      expect(code).not.toBe(0);
      expect(stderr).toContain('No space left on device');
      await web.freeDisk();
      await web.exec('dd if=/dev/zero of=/etc/new bs=4k count=1 && rm /etc/new');
    });

    test('a read-only disk refuses every write, while the server goes on serving', async () => {
      await web.readOnly(true);
      const { code, stderr } = await web.exec('touch /etc/new', { check: false });
      expect(code).not.toBe(0);
      expect(stderr).toContain('Read-only file system');
      expect((await visit(`http://${web.address}/`)).status).toBe(200);
      await web.readOnly(false);
      await web.exec('touch /etc/new && rm /etc/new');
    });

    test('a disk that fails turns read-only under open files, until the next boot', async () => {
      const host = await lab.host({ name: 'failing', servers: [] });
      onTestFinished(() => host.stop());
      const write = 'dd if=/dev/zero bs=4k count=1 status=none >&3';
      const writer = host.exec(`exec 3>/etc/open; while ${write}; do sleep 0.02; done`);
      await until(async () => (await host.exec('test -s /etc/open', { check: false })).code === 0);
      await host.failDisk();
      expect((await writer).stderr).toContain('Read-only file system');
      const { stderr } = await host.exec('touch /etc/new', { check: false });
      expect(stderr).toContain('Read-only file system');
      await host.powerCut();
      await host.boot();
      await host.exec('touch /etc/new');
    });
  });

  describe('upstreams', () => {
    test('a real Buildbot answers through nginx: page, REST, WebSocket and live events, also after a power cut', async () => {
      const ci = await lab.host({ name: 'ci' });
      onTestFinished(() => ci.stop());
      const base = `http://${ci.address}:8000`;
      const buildbot = await startBuildbot({ host: ci, buildbotUrl: `${base}/`, periodS: 3600 });
      await ci.writeFile('/etc/nginx/conf.d/buildbot.conf', nginxForBuildbot);
      await ci.exec('nginx -t && nginx -s reload');
      await until(async () => (await visit(`${base}/`).catch(() => undefined))?.status === 200);

      const answers = async () => {
        expect(await (await visit(`${base}/`)).text()).toContain('<h1>Buildbot</h1>');
        const builders = (await (await visit(`${base}/api/v2/builders`)).json()) as {
          builders: { name: string }[];
        };
        expect(builders.builders.map(({ name }) => name)).toEqual(['tests']);
        const socket = new WebSocket(`${base.replace('http', 'ws')}/ws`);
        const [response] = await Promise.all([once(socket, 'upgrade'), once(socket, 'open')]);
        expect(response[0].statusCode).toBe(101);
        socket.send(JSON.stringify({ cmd: 'ping', _id: 1 }));
        const [frame] = await once(socket, 'message');
        expect(JSON.parse(String(frame))).toMatchObject({ msg: 'pong', _id: 1 });
        socket.terminate();
        const events = await openEvents(`${base}/sse/listen/builds/*/*`);
        expect(await events.next()).toContain('event: handshake');
        await buildbot.triggerEvent();
        expect(await events.next()).toContain('"key": ["builds", ');
        await events.close();
      };
      await answers();
      await ci.powerCut();
      await ci.boot();
      await answers();
      await buildbot.stop();
      expect((await ci.processes()).filter(({ command }) => command.includes('twistd'))).toEqual([]);
    });

    test('the echo upstream tells what it saw, raw, on a host and on this machine', async () => {
      const there = await startEcho({ host: web });
      const { stdout } = await web.exec([
        'curl',
        '-s',
        '-H',
        'X-Case: Kept',
        '-d',
        'abc',
        `${there.url}/a%2Fb//c?q=1`,
      ]);
      expect(JSON.parse(stdout)).toMatchObject({
        method: 'POST',
        url: '/a%2Fb//c?q=1',
        headers: expect.arrayContaining([['X-Case', 'Kept']]),
        body: { bytes: 3, sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' },
      });
      await there.stop();
      expect((await web.exec(['curl', '-s', there.url], { check: false })).code).toBe(7);

      const here = await startEcho({ address: lab.gateway });
      onTestFinished(() => here.stop());
      expect((await web.exec(['curl', '-s', `${here.url}/big?bytes=100000`])).stdout.length).toBe(100_000);
      const socket = new WebSocket(`${here.url.replace('http', 'ws')}/prefix/ws`, {
        headers: { 'x-test': '1' },
      });
      const frames: string[] = [];
      socket.on('message', (data) => frames.push(String(data)));
      await once(socket, 'open');
      socket.send('ping');
      await until(async () => frames.length === 2);
      expect(JSON.parse(frames[0] ?? '')).toMatchObject({
        url: '/prefix/ws',
        headers: expect.arrayContaining([['x-test', '1']]),
      });
      expect(frames[1]).toBe('ping');
      socket.terminate();
      const events = await openEvents(`${here.url}/sse?everyMs=1`);
      expect(await events.next()).toContain('data: {"id":1}');
      expect(await events.next()).toContain('data: {"id":2}');
      await events.close();
    });
  });

  describe('nothing is left over', () => {
    test('after stop', async () => {
      const passing = await createLab();
      const host = await passing.host({ name: uniqueName() });
      const traces = await tracesOf(passing.number, host.name);
      expect(traces.every((trace) => trace.length > 0)).toBe(true);
      await passing.stop();
      await expectGone(traces, host.name);
    });

    test('after a single host was stopped while the lab goes on', async () => {
      const host = await lab.host({ name: uniqueName() });
      const [namespaces, , processes, loops] = await tracesOf(lab.number, host.name);
      await host.stop();
      await expectGone([namespaces, [], processes, loops], host.name);
      expect((await visit(`http://${web.address}/`)).status).toBe(200);
    });

    test('after the program that owned the lab was killed', async () => {
      const name = uniqueName();
      const owner = await ownerProcess(name);
      const traces = await tracesOf(owner.lab, name);
      process.kill(owner.pid, 'SIGKILL');
      await until(async () => !(await run(['ip', 'netns', 'list'])).stdout.includes(name));
      await until(async () => !(await run(['losetup', '-a'])).stdout.includes(name));
      await expectGone(traces, name);
    });

    test('after owner and janitor were killed: the next lab cleans up, and living labs are not touched', async () => {
      const name = uniqueName();
      const owner = await ownerProcess(name);
      const traces = await tracesOf(owner.lab, name);
      const janitors = (await run(['pgrep', '-P', String(owner.pid), '-f', 'janitor.sh'])).stdout
        .trim()
        .split('\n');
      expect(janitors).toHaveLength(1);
      for (const pid of [...janitors.map(Number), owner.pid]) process.kill(pid, 'SIGKILL');
      expect((await run(['ip', 'netns', 'list'])).stdout).toContain(name);
      await until(async () => {
        await (await createLab()).stop();
        return !(await run(['ip', 'netns', 'list'])).stdout.includes(name);
      });
      await expectGone(traces, name);
      expect((await visit(`http://${web.address}/`)).status).toBe(200);
      expect((await ssh(web, 'echo alive')).stdout).toBe('alive\n');
    });
  });
});

const nginxForBuildbot = `
map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
server {
  listen 8000;
  proxy_http_version 1.1;
  proxy_set_header Host $http_host;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $connection_upgrade;
  location / { proxy_pass http://127.0.0.1:8010; }
  location /sse/ { proxy_pass http://127.0.0.1:8010; proxy_buffering off; }
}
`;

let names = 0;
/** A host name that no other lab on this machine uses at the same time. */
function uniqueName(): string {
  return `left-${process.pid}-${names++}`;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}

/** Reads an event stream, one event at a time. */
async function openEvents(url: string) {
  const controller = new AbortController();
  const response = await fetch(url, { signal: controller.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  return {
    async next(): Promise<string> {
      for (;;) {
        const end = rest.indexOf('\n\n');
        if (end >= 0) {
          const event = rest.slice(0, end);
          rest = rest.slice(end + 2);
          return event;
        }
        const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
        if (done) throw new Error(`the stream ended after: ${rest}`);
        rest += value;
      }
    },
    async close() {
      controller.abort();
    },
  };
}

/** What a host has on this machine: namespace, link indexes, process ids, loop devices. */
async function tracesOf(lab: number, name: string) {
  const namespace = `ghlab${lab}-${name}`;
  const lines = (text: string) => text.split('\n').filter(Boolean);
  const links = lines((await run(['ip', '-o', 'link', 'show'])).stdout).filter((line) =>
    new RegExp(`: ghl(ab)?${lab}(p\\d+)?[@:]`).test(line),
  );
  const loops = lines((await run(['losetup', '-a'])).stdout).filter((line) => line.includes(name));
  return [
    [namespace],
    links.map((line) => line.slice(0, line.indexOf(':'))),
    lines((await run(['ip', 'netns', 'pids', namespace])).stdout),
    loops,
  ] as const;
}

async function expectGone(
  [namespaces, links, processes, loops]: readonly (readonly string[])[],
  name: string,
): Promise<void> {
  const netns = (await run(['ip', 'netns', 'list'])).stdout;
  for (const namespace of namespaces ?? []) expect(netns).not.toContain(namespace);
  for (const index of links ?? []) {
    expect((await run(['ip', '-o', 'link', 'show'])).stdout).not.toMatch(new RegExp(`^${index}:`, 'm'));
  }
  for (const pid of processes ?? []) expect(await running(pid), `process ${pid} runs`).toBe(false);
  const attached = (await run(['losetup', '-a'])).stdout;
  for (const loop of loops ?? []) expect(attached).not.toContain(loop);
  expect(await readFile('/proc/mounts', 'utf8')).not.toContain(name);
}

/** An orphan that has ended may still wait for the machine's init to take note. */
async function running(pid: string): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
  return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
}

/** Another program that owns a lab with one host. */
async function ownerProcess(name: string): Promise<{ pid: number; lab: number }> {
  const script = `
    import { createLab } from '#lab/index';
    const lab = await createLab();
    await lab.host({ name: '${name}' });
    console.log(lab.number);
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: labFile('.'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [data] = (await once(child.stdout as unknown as Socket, 'data')) as [Buffer];
  return { pid: child.pid ?? 0, lab: Number(data) };
}

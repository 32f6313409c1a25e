import { execFile, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { parseCaddyOutput } from '../caddy/output';
import type { Rendering } from '../types';
import { awaitPorts } from './await-ports';
import type { RunningServer, ServerDriver, TestOutcome } from './driver';
import { freePorts } from './free-ports';
import { makeCertificates } from './make-certificates';

const run = promisify(execFile);

/** The Caddy of this machine (or of `GATEHOUSE_CADDY`) with a Caddyfile of its own that imports our files, as on a real host. */
export const program = process.env.GATEHOUSE_CADDY ?? 'caddy';

export const caddyDriver: ServerDriver = caddyDriverFor(program);

/** A driver for one particular program. */
export function caddyDriverFor(program: string): ServerDriver {
  return {
    kind: 'caddy',
    version: async () => {
      const output = await run(program, ['version']).then(
        ({ stdout }) => stdout,
        () => '',
      );
      return /v?(\d+\.\d+\.\d+)/.exec(output)?.[1] ?? null;
    },
    openssl: async () => null,
    test: (rendering, directory) => testFiles(program, rendering, directory),
    start: (rendering, directory) => start(program, rendering, directory),
  };
}

const moved = (text: string, directory: string) =>
  text
    .replaceAll('/etc/gatehouse/tls/', `${directory}/tls/`)
    .replaceAll('/var/log/caddy/', `${directory}/log/`);

/** For a program that ends at once: collecting its garbage would take a third of its time. */
export const shortLived = { GOGC: '400' };

const environment = (directory: string): NodeJS.ProcessEnv => ({
  ...process.env,
  HOME: directory,
  XDG_DATA_HOME: `${directory}/data`,
  XDG_CONFIG_HOME: `${directory}/config`,
});

/** Writes the files and a Caddyfile; returns the path of the latter. */
export async function place(rendering: Rendering, directory: string): Promise<string> {
  for (const name of ['sites', 'tls', 'log']) await mkdir(`${directory}/${name}`, { recursive: true });
  for (const file of rendering.files) {
    if (file.kind !== 'file') continue;
    await writeFile(`${directory}/sites/${basename(file.path)}`, moved(file.content, directory));
  }
  await makeCertificates(rendering.certificates, (path) => moved(path, directory));
  const taken = new Set(rendering.listeners.map(({ port }) => port));
  const http = (await freePorts(taken.size + 1)).find((port) => !taken.has(port));
  const main = `${directory}/Caddyfile`;
  // The usual http port is somebody else's here; an admin endpoint would be shared by all tests.
  await writeFile(main, `{\n\tadmin off\n\thttp_port ${http}\n}\n\nimport ${directory}/sites/*.caddy\n`);
  return main;
}

async function testFiles(program: string, rendering: Rendering, directory: string): Promise<TestOutcome> {
  const main = await place(rendering, directory);
  const args = ['validate', '--config', main, '--adapter', 'caddyfile'];
  const output = await run(program, args, {
    maxBuffer: 1 << 26,
    env: { ...environment(directory), ...shortLived },
  }).then(
    ({ stdout, stderr }) => ({ ok: true, text: stdout + stderr }),
    (problem: { stdout?: string; stderr?: string }) => ({
      ok: false,
      text: `${problem.stdout ?? ''}${problem.stderr ?? ''}`,
    }),
  );
  return { ok: output.ok, findings: parseCaddyOutput(output.text), output: output.text };
}

async function start(program: string, rendering: Rendering, directory: string): Promise<RunningServer> {
  const main = await place(rendering, directory);
  const child = spawn(program, ['run', '--config', main, '--adapter', 'caddyfile'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: environment(directory),
  });
  let output = '';
  child.stderr.on('data', (data: Buffer) => {
    output += data.toString();
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await awaitPorts(rendering, child, async () => output);
  return {
    accessLog: async () => {
      const names = await readdir(`${directory}/log`);
      return (await Promise.all(names.map((name) => readFile(`${directory}/log/${name}`, 'utf8')))).join(
        '\n',
      );
    },
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

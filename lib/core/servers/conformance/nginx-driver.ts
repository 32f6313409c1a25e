import { execFile, spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { parseNginxOutput } from '../nginx/output';
import type { Rendering } from '../types';
import { awaitPorts } from './await-ports';
import type { RunningServer, ServerDriver, TestOutcome } from './driver';
import { makeCertificates } from './make-certificates';

const run = promisify(execFile);

/** The nginx of this machine (or of `GATEHOUSE_NGINX`) in a directory of its own, with the http level of Debian's nginx.conf around our files. */
export const program = process.env.GATEHOUSE_NGINX ?? 'nginx';
export const nginxDriver: ServerDriver = nginxDriverFor(program);

/** A driver for one particular program. */
export function nginxDriverFor(program: string): ServerDriver {
  return {
    kind: 'nginx',
    version: async () => /nginx\/([\d.]+)/.exec(await buildOptions(program))?.[1] ?? null,
    openssl: async () => {
      const options = await buildOptions(program);
      return (
        (/running with OpenSSL ([\d.]+)/.exec(options) ?? /built with OpenSSL ([\d.]+)/.exec(options))?.[1] ??
        null
      );
    },
    test: async (rendering, directory) => testFiles(program, await place(rendering, directory)),
    start: (rendering, directory) => start(program, rendering, directory),
  };
}

async function buildOptions(program: string): Promise<string> {
  return run(program, ['-V']).then(
    ({ stderr }) => stderr,
    () => '',
  );
}

/** Where a path of a rendering lies in the test directory. */
export const moved = (text: string, directory: string) =>
  text
    .replaceAll('/etc/gatehouse/tls/', `${directory}/tls/`)
    .replaceAll('/var/log/nginx/', `${directory}/log/`);

/** Writes the files and a main configuration; returns the path of the latter. */
export async function place(rendering: Rendering, directory: string): Promise<string> {
  for (const name of ['shared', 'sites', 'tls', 'log', 'temp'])
    await mkdir(`${directory}/${name}`, { recursive: true });
  for (const file of rendering.files) {
    if (file.kind !== 'file') continue;
    const folder = file.role === 'shared' ? 'shared' : 'sites';
    await writeFile(`${directory}/${folder}/${basename(file.path)}`, moved(file.content, directory));
  }
  await makeCertificates(rendering.certificates, (path) => moved(path, directory));
  const main = `${directory}/nginx.conf`;
  await writeFile(main, mainConfiguration(directory));
  return main;
}

function mainConfiguration(directory: string): string {
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${directory}/temp/${kind};`,
  );
  // Started by root, workers would be nobody and could not read a private test directory.
  const user = process.getuid?.() === 0 ? 'user root;\n' : '';
  return `${user}daemon off;
worker_processes 2;
pid ${directory}/nginx.pid;
error_log ${directory}/log/error.log notice;
events { worker_connections 256; }
http {
  ${temp.join('\n  ')}
  sendfile on;
  tcp_nopush on;
  types_hash_max_size 2048;
  default_type application/octet-stream;
  ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
  ssl_prefer_server_ciphers on;
  access_log ${directory}/log/access.log;
  gzip on;
  include ${directory}/shared/*.conf;
  include ${directory}/sites/*.conf;
}
`;
}

async function testFiles(program: string, main: string): Promise<TestOutcome> {
  const output = await run(program, ['-t', '-c', main], { maxBuffer: 1 << 26 }).then(
    ({ stdout, stderr }) => ({ ok: true, text: stdout + stderr }),
    (problem: { stdout?: string; stderr?: string }) => ({
      ok: false,
      text: `${problem.stdout ?? ''}${problem.stderr ?? ''}`,
    }),
  );
  return { ok: output.ok, findings: parseNginxOutput(output.text), output: output.text };
}

async function start(program: string, rendering: Rendering, directory: string): Promise<RunningServer> {
  const main = await place(rendering, directory);
  const child = spawn(program, ['-c', main], { stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr.on('data', (data: Buffer) => {
    output += data.toString();
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await awaitPorts(
    rendering,
    child,
    async () => `${output}\n${await readFile(`${directory}/log/error.log`, 'utf8').catch(() => '')}`,
  );
  return {
    accessLog: () => readFile(`${directory}/log/access.log`, 'utf8'),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

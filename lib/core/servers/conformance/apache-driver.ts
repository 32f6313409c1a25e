import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { parseApacheOutput } from '../apache/output';
import type { Rendering } from '../types';
import { awaitPorts } from './await-ports';
import type { RunningServer, ServerDriver, TestOutcome } from './driver';
import { makeCertificates } from './make-certificates';

const run = promisify(execFile);
export const program = process.env.GATEHOUSE_APACHE ?? '/usr/sbin/apache2';
export const modulesDirectory = process.env.GATEHOUSE_APACHE_MODULES ?? '/usr/lib/apache2/modules';

/**
 * The Apache of this machine (or of `GATEHOUSE_APACHE`) in a directory of its own, with nothing loaded but an MPM and the modules that the
 * rendering names.
 */
export const apacheDriver: ServerDriver = apacheDriverFor(program, 'openssl');

/** A driver for one particular program, and the `openssl` beside it. */
export function apacheDriverFor(program: string, openssl: string): ServerDriver {
  return {
    kind: 'apache',
    version: async () => /Apache\/([\d.]+)/.exec(await said(program, ['-v']))?.[1] ?? null,
    openssl: async () => /OpenSSL ([\d.]+)/.exec(await said(openssl, ['version']))?.[1] ?? null,
    test: async (rendering, directory) => testFiles(program, await place(rendering, directory)),
    start: (rendering, directory) => start(program, rendering, directory),
  };
}

async function said(program: string, args: readonly string[]): Promise<string> {
  return run(program, [...args]).then(
    ({ stdout, stderr }) => stdout + stderr,
    () => '',
  );
}

const moved = (text: string, directory: string) =>
  text
    .replaceAll('/etc/gatehouse/tls/', `${directory}/tls/`)
    .replaceAll('/var/log/apache2/', `${directory}/log/`);

/** Writes the files and a main configuration; returns the path of the latter. */
export async function place(rendering: Rendering, directory: string): Promise<string> {
  for (const name of ['shared', 'sites', 'tls', 'log', 'run'])
    await mkdir(`${directory}/${name}`, { recursive: true });
  // Children give up root and must still read the users' file.
  await chmod(directory, 0o755);
  for (const file of rendering.files) {
    if (file.kind !== 'file') continue;
    const folder = file.role === 'shared' ? 'shared' : 'sites';
    await writeFile(`${directory}/${folder}/${basename(file.path)}`, moved(file.content, directory));
  }
  await makeCertificates(rendering.certificates, (path) => moved(path, directory));
  const main = `${directory}/httpd.conf`;
  await writeFile(main, mainConfiguration(rendering, directory));
  return main;
}

function mainConfiguration(rendering: Rendering, directory: string): string {
  const modules = ['mpm_event', ...rendering.modules];
  return `ServerRoot ${directory}
ServerName localhost
DefaultRuntimeDir ${directory}/run
PidFile ${directory}/run/httpd.pid
Mutex file:${directory}/run default
User www-data
Group www-data
${modules.map((name) => `LoadModule ${name}_module ${modulesDirectory}/mod_${name}.so`).join('\n')}
${modules.includes('mime') ? 'TypesConfig /etc/mime.types' : ''}
${modules.includes('ssl') ? `SSLSessionCache shmcb:${directory}/run/ssl(512000)` : ''}
LogLevel warn
ErrorLog ${directory}/log/error.log
CustomLog ${directory}/log/access.log "%h %l %u %t \\"%r\\" %>s %b"
<Directory />
    AllowOverride None
    Require all denied
</Directory>
IncludeOptional ${directory}/shared/*.conf
IncludeOptional ${directory}/sites/*.conf
`;
}

async function testFiles(program: string, main: string): Promise<TestOutcome> {
  const output = await run(program, ['-t', '-f', main], { maxBuffer: 1 << 26 }).then(
    ({ stdout, stderr }) => ({ ok: true, text: stdout + stderr }),
    (problem: { stdout?: string; stderr?: string }) => ({
      ok: false,
      text: `${problem.stdout ?? ''}${problem.stderr ?? ''}`,
    }),
  );
  return { ok: output.ok, findings: parseApacheOutput(output.text), output: output.text };
}

async function start(program: string, rendering: Rendering, directory: string): Promise<RunningServer> {
  const main = await place(rendering, directory);
  const child = spawn(program, ['-f', main, '-DFOREGROUND'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr.on('data', (data: Buffer) => {
    output += data.toString();
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await awaitPorts(rendering, child, async () => `${output}\n${await logs(directory)}`);
  return {
    accessLog: () => logs(directory),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function logs(directory: string): Promise<string> {
  const names = await readdir(`${directory}/log`);
  return (await Promise.all(names.map((name) => readFile(`${directory}/log/${name}`, 'utf8')))).join('\n');
}

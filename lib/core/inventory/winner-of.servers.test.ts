import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../servers/conformance/free-ports';
import type { ServerKind } from '../web-server/render-target';
import { readInventory } from './read-inventory';
import { winnerOf } from './winner-of';

/** Addresses of this machine that configurations of these tests name. */
const addresses = ['127.0.0.1', '127.0.0.2', '127.0.0.3'];
const names = ['ci.test', 'a.ci.test', 'a.b.ci.test', 'other.test', 'nobody.org', 'ci.org', 'ci.test.org'];

interface Written {
  readonly files: Readonly<Record<string, string>>;
  readonly main: string;
  readonly command: readonly string[];
}

/** A block's own answer is its place: `file:line`, of its opening. */
type Blocks = (number: (text: string) => string) => Readonly<Record<string, string>>;

const nginxBlocks =
  (port: number): Blocks =>
  (block) => ({
    'sites/a': `# first\n${block(`server { listen 127.0.0.1:${port}; server_name old.test; `)}\n${block(`server { listen ${port}; server_name a.ci.test ~^nobody; `)}\n`,
    'sites/b': `${block(`server { listen *:${port} default_server; server_name *.ci.test; `)}\n${block(`server {\n listen ${port}; server_name .b.ci.test ci.*; `)}\n`,
    'sites/c': `${block(`server { listen ${port}; server_name a.ci.test CI.test; `)}\n${block(`server { listen 127.0.0.2:${port}; listen ${port}; server_name ci.test other.test; `)}\n`,
  });

const apacheBlocks =
  (port: number): Blocks =>
  (block) => ({
    'sites/a.conf': `Listen ${port}\n${block(`<VirtualHost *:${port}>\nServerName first.test\nServerAlias *.ci.test`)}\n${block(`<VirtualHost *:${port}>\nServerName a.ci.test:99`)}\n`,
    'sites/b.conf': `Define NAME ci.test\n${block(`<VirtualHost 127.0.0.2:${port}>\nServerName other.test`)}\n${block(`<VirtualHost *:${port}>\nServerName \${NAME}\nServerAlias c?.org nobody.org`)}\n`,
    'sites/c.conf': `${block('<VirtualHost *:*>\nServerName ci.test')}\n${block('<VirtualHost 127.0.0.3:*>\nServerName a.ci.test')}\n<IfModule mod_nosuch.c>\n<VirtualHost *:${port}>\nServerName nobody.org\n</VirtualHost>\n</IfModule>\n${block(`<VirtualHost *:${port} 127.0.0.3>\nServerName ci.org\nServerAlias NOBODY.org`)}\n`,
  });

const caddyBlocks =
  (port: number): Blocks =>
  (block) => ({
    'sites/a.caddy': `${block(`http://*.ci.test:${port} {`)}\n${block(`http://a.ci.test:${port},\nhttp://CI.test:${port} {`)}\n`,
    'sites/b.caddy': `(snippet) {\n\theader X y\n}\n${block(`http://ci.test:${port}/deep/* {`)}\n${block(`http://other.test:${port} {\n\timport snippet`)}\n${block(`:${port} {`)}\n${block(`http://nobody.org:{$PORT_OF_TEST:${port}} {`)}\n`,
  });

/** Each block gets an answer of its own; which place that is comes out by its number. */
function write(directory: string, port: number, server: ServerKind): Written {
  let count = 0;
  const answers: Record<ServerKind, (text: string) => string> = {
    nginx: (text) => `${text}\n  return 200 "block-${count++}"; }`,
    apache: (text) => `${text}\n  Redirect / http://x/block-${count++}/\n</VirtualHost>`,
    caddy: (text) => `${text}\n\trespond "block-${count++}"\n}`,
  };
  const blocks = { nginx: nginxBlocks, apache: apacheBlocks, caddy: caddyBlocks }[server](port)(
    answers[server],
  );
  const modules = process.env.GATEHOUSE_APACHE_MODULES ?? '/usr/lib/apache2/modules';
  const mains: Record<ServerKind, string> = {
    nginx: `daemon off;\npid ${directory}/pid;\nerror_log ${directory}/error.log;\nevents {}\nhttp {\n  access_log off;\n  include sites/*;\n}\n`,
    apache: `ServerRoot ${directory}\nServerName main.test\nPidFile ${directory}/pid\nErrorLog ${directory}/error.log\nUser www-data\nGroup www-data\n${['mpm_event', 'authz_core', 'alias'].map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so\n`).join('')}Redirect / http://x/main/\nIncludeOptional sites/*.conf\n`,
    caddy: `{\n\tadmin off\n\tauto_https off\n}\nimport sites/*.caddy\n`,
  };
  const main = `${directory}/${{ nginx: 'nginx.conf', apache: 'httpd.conf', caddy: 'Caddyfile' }[server]}`;
  return {
    main,
    files: {
      [main]: mains[server],
      ...Object.fromEntries(Object.entries(blocks).map(([path, text]) => [`${directory}/${path}`, text])),
    },
    command: {
      nginx: ['/usr/sbin/nginx', '-c', main, '-p', directory],
      apache: ['/usr/sbin/apache2', '-f', main, '-DFOREGROUND'],
      caddy: ['/usr/bin/caddy', 'run', '--config', main, '--adapter', 'caddyfile'],
    }[server],
  };
}

function answer(address: string, port: number, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: address, port, path: '/', headers: { host: name }, agent: false },
      (response) => {
        let text = String(response.headers.location ?? '');
        response.on('data', (data: Buffer) => {
          text += data.toString();
        });
        response.on('end', () => resolve(/block-\d+|main/.exec(text)?.[0] ?? 'none'));
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

async function awaitPort(port: number): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.unref();
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing listens on ${port}`);
}

describe.each(['nginx', 'apache', 'caddy'] as const)('who answers, asked of a real %s', (server) => {
  let directory = '';
  let port = 0;
  let child: ChildProcess | undefined;
  let written: Written;

  beforeAll(async () => {
    [port = 0] = await freePorts(1);
    directory = await mkdtemp(join(tmpdir(), 'gatehouse-winner-'));
    await chmod(directory, 0o755);
    written = write(directory, port, server);
    await mkdir(`${directory}/sites`);
    for (const [path, text] of Object.entries(written.files)) await writeFile(path, text);
    const [program = '', ...args] = written.command;
    child = spawn(program, args, { stdio: 'ignore', env: { ...process.env, HOME: directory } });
    await awaitPort(port);
  }, 60_000);

  afterAll(async () => {
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    child?.kill('SIGTERM');
    await ended;
    await rm(directory, { recursive: true });
  });

  it('is whom the inventory names, for each address and name', async () => {
    const paths = [
      written.main,
      ...(await readdir(`${directory}/sites`)).map((name) => `${directory}/sites/${name}`),
    ];
    const files = await Promise.all(
      paths.map(async (path) => [path, { path, real: path, text: await readFile(path, 'utf8') }] as const),
    );
    const inventory = readInventory(server, true, {
      main: written.main,
      base: directory,
      files: new Map(files),
      unread: [],
      variables: new Map(),
      defines: [],
      modules: ['mpm_event', 'authz_core', 'alias'],
    });
    expect(inventory.gaps).toEqual([]);
    const textOf = (path: string) => (files.find(([each]) => each === path)?.[1].text ?? '').split('\n');
    const rows: string[] = [];
    const expected: string[] = [];
    for (const address of addresses) {
      for (const name of names) {
        const found = winnerOf(inventory, { address, family: 4, port, name });
        const block = found.kind === 'block' ? found.block : null;
        const said = block
          ? (/block-\d+/.exec(
              textOf(block.file)
                .slice(block.line - 1, block.endLine)
                .join('\n'),
            )?.[0] ?? '')
          : found.kind;
        expected.push(`${address} ${name} ${said}`);
        rows.push(`${address} ${name} ${await answer(address, port, name)}`);
      }
    }
    expect(expected).toEqual(rows);
    // A check of the check: several blocks win something.
    expect(new Set(rows.map((row) => row.split(' ')[2])).size).toBeGreaterThan(3);
  });
});

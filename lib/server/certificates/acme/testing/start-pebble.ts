import 'server-only';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Let's Encrypt's test CA (Debian's `pebble`), with its delays and its refusals of nonces as it comes. */
export interface Pebble {
  readonly directoryUrl: string;
  /** Certificate of the CA's own API. */
  readonly caPem: string;
  /** The root that signs its certificates; another one at every start. */
  root(): Promise<string>;
  /** Where the CA finds a name from now on. */
  resolveTo(name: string, address: string): Promise<void>;
  stop(): Promise<void>;
}

export interface PebbleOptions {
  /** Where its API listens; 127.0.0.1 when absent. */
  readonly address?: string;
  /** Port on which TLS-ALPN challenges are asked for. */
  readonly tlsPort?: number;
  /** Port on which challenges are asked for. */
  readonly httpPort?: number;
  /** Percent of good nonces that are refused; 5 as it comes. */
  readonly nonceReject?: number;
  /** Seconds that a validation may take at most; random up to 15 as it comes. `0`: none. */
  readonly sleepSeconds?: number;
  readonly chainLength?: number;
  /** Percent of valid proofs that count for another order; 50 as it comes. */
  readonly authorizationReuse?: number;
  /** External account keys that must be used. */
  readonly eab?: Readonly<Record<string, string>>;
}

const run = promisify(execFile);

export async function startPebble(options: PebbleOptions = {}): Promise<Pebble> {
  const address = options.address ?? '127.0.0.1';
  const directory = await mkdtemp(join(tmpdir(), 'gatehouse-pebble-'));
  const place = (name: string) => join(directory, name);
  const [api, management, dns, control] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', '/CN=pebble', '-addext', `subjectAltName=DNS:localhost,IP:${address}`],
    ...['-keyout', place('key.pem'), '-out', place('cert.pem')],
  ]);
  const config = {
    pebble: {
      listenAddress: `${address}:${api}`,
      managementListenAddress: `${address}:${management}`,
      certificate: place('cert.pem'),
      privateKey: place('key.pem'),
      httpPort: options.httpPort ?? 80,
      tlsPort: options.tlsPort ?? 5001,
      ocspResponderURL: '',
      externalAccountBindingRequired: options.eab !== undefined,
      ...(options.eab ? { externalAccountMACKeys: options.eab } : {}),
    },
  };
  await writeFile(place('config.json'), JSON.stringify(config));
  const names = spawn(
    'pebble-challtestsrv',
    [
      ...['-dns01', `127.0.0.1:${dns}`, '-management', `127.0.0.1:${control}`, '-defaultIPv6', ''],
      ...['-http01', '', '-https01', '', '-tlsalpn01', ''],
    ],
    { stdio: 'ignore' },
  );
  const pebble = spawn('pebble', ['-config', place('config.json'), '-dnsserver', `127.0.0.1:${dns}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      ...(options.nonceReject === undefined ? {} : { PEBBLE_WFE_NONCEREJECT: String(options.nonceReject) }),
      ...(options.sleepSeconds === 0 ? { PEBBLE_VA_NOSLEEP: '1' } : {}),
      ...(options.sleepSeconds ? { PEBBLE_VA_SLEEPTIME: String(options.sleepSeconds) } : {}),
      ...(options.authorizationReuse === undefined
        ? {}
        : { PEBBLE_AUTHZREUSE: String(options.authorizationReuse) }),
      ...(options.chainLength ? { PEBBLE_CHAIN_LENGTH: String(options.chainLength) } : {}),
    },
  });
  const caPem = await readFile(place('cert.pem'), 'utf8');
  const fetchText = (path: string) => fetchPem(`https://${address}:${management}${path}`, caPem);
  const stop = async () => {
    const gone = [pebble, names].map(
      (child) =>
        new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve(null))),
    );
    pebble.kill('SIGKILL');
    names.kill('SIGKILL');
    await Promise.all(gone);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await until(() => fetchText('/roots/0'));
    await until(() =>
      fetch(`http://127.0.0.1:${control}/clear-request-history`, { method: 'POST', body: '{}' }),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    directoryUrl: `https://${address}:${api}/dir`,
    caPem,
    root: () => fetchText('/roots/0'),
    async resolveTo(host, address) {
      const body = JSON.stringify({ host, addresses: [address] });
      // Records are added to those there are.
      await fetch(`http://127.0.0.1:${control}/clear-a`, { method: 'POST', body: JSON.stringify({ host }) });
      await fetch(`http://127.0.0.1:${control}/add-a`, { method: 'POST', body });
    },
    stop,
  };
}

async function until(attempt: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function fetchPem(url: string, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { ca, agent: false }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
      resolve(Buffer.concat(chunks).toString());
    }).on('error', reject);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const at = server.address();
      server.close(() => resolve(at === null || typeof at === 'string' ? 0 : at.port));
    });
  });
}

import 'server-only';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, type FSWatcher, openSync, watch } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { TransportError } from '../../platform/errors/transport-error';
import { connectionError } from './connection-error';
import { changedHostKey, unknownHostKey } from './host-key-error';
import { startKeyAgent } from './key-agent';
import { files, hostAlias, openSshConfig } from './openssh-config';
import { openSshError } from './openssh-error';
import { openPrivateKey } from './private-key';
import { type HostKey, scanHostKey } from './scan-host-key';
import type { SshTarget } from './ssh-target';

const connectTimeoutMs = 45_000;

/** The way to a host that is not reached directly: the connection that is open to its jump host. */
export interface Hop {
  readonly directory: string;
  open(): Promise<void>;
  /** A TCP connection to the host, made by the jump host. */
  reach(): Promise<Duplex>;
}

/** A counter of connections. */
export interface Observer {
  /** Told of every attempt to log in: `null`, or why it failed. */
  dialled(error: unknown): void;
  opened(): void;
  closed(): void;
}

/**
 * One shared connection of the system's `ssh`, kept by its ControlMaster. Its arguments are constants and paths of a private
 * directory; everything about the host is in files there, and the key stays in this process.
 */
export class OpenSshConnection {
  #opening: Promise<void> | null = null;
  /** Set as long as the connection is open. */
  #socket: FSWatcher | null = null;

  constructor(
    readonly target: SshTarget,
    readonly directory: string,
    private readonly hop: Hop | null,
    private readonly observer: Observer | null = null,
  ) {}

  /** Logs in if nobody is logged in. Throws `TransportError`. */
  open(): Promise<void> {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  /** A further use of the open connection; where that is gone it fails, and nothing else is dialled. */
  start(options: readonly string[], command: readonly string[]): ChildProcessWithoutNullStreams {
    const argv = [...this.#config, '-o', 'ControlMaster=no', '-o', 'ProxyCommand=false', ...options];
    return spawn('ssh', [...argv, '--', hostAlias, ...command], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: environment(),
      cwd: '/',
      detached: true,
    });
  }

  /** What the shared connection has logged so far. */
  log(): Promise<string> {
    return readFile(this.#file('log'), 'utf8').catch(() => '');
  }

  async close(): Promise<void> {
    await this.#opening?.catch(() => undefined);
    await this.#run(['-O', 'exit']).catch(() => undefined);
    this.#markClosed();
    await rm(this.directory, { recursive: true, force: true });
  }

  async #open(): Promise<void> {
    await this.hop?.open();
    if ((await this.#run(['-O', 'check'])).code === 0) return;
    this.#markClosed();
    try {
      await this.#logIn();
      this.observer?.dialled(null);
      this.#markOpen();
    } catch (error) {
      this.observer?.dialled(error);
      throw error;
    }
  }

  /** The program that keeps the connection is not our child process, but takes its socket away when it ends. */
  #markOpen(): void {
    const path = this.#file('master');
    this.#socket = watch(this.directory, { persistent: false }, () => {
      if (!existsSync(path)) this.#markClosed();
    });
    this.#socket.on('error', () => this.#markClosed());
    this.observer?.opened();
    if (!existsSync(path)) this.#markClosed();
  }

  #markClosed(): void {
    if (!this.#socket) return;
    this.#socket.close();
    this.#socket = null;
    this.observer?.closed();
  }

  async #logIn(): Promise<void> {
    const hostKey = await this.#pinnedKey();
    await rm(this.directory, { recursive: true, force: true });
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const places = { directory: this.directory, hopDirectory: this.hop?.directory ?? null };
    await this.#write('config', openSshConfig(this.target, hostKey.type, places));
    await this.#write('knownHosts', `${hostAlias} ${hostKey.type} ${hostKey.publicKey}\n`);
    const stopAgent = await this.#offerKey();
    try {
      const { code, stderr } = await this.#run(['-E', this.#file('log'), '-T', '-f', '-N']);
      if (code !== 0) throw openSshError(`${await this.log()}\n${stderr}`, this.target);
    } finally {
      await stopAgent();
    }
  }

  /** G11: the whole key behind the pinned fingerprint, for known_hosts; any other stops here, before anything is sent. */
  async #pinnedKey(): Promise<HostKey> {
    const { address, port, hostKeyType, hostKeyFingerprint } = this.target;
    const scan = async (type?: string) => {
      const sock = await this.hop?.reach();
      return scanHostKey(address, port, { ...(type ? { type } : {}), ...(sock ? { sock } : {}) });
    };
    const found = await scan(hostKeyType || undefined).catch((error: unknown) => {
      // The pinned type may be gone from the host. What it has instead is for a person to look at.
      if (error instanceof TransportError && error.code === 'not-ssh' && hostKeyType) return scan();
      throw error;
    });
    if (!hostKeyFingerprint) throw unknownHostKey(this.target, found);
    if (found.fingerprint !== hostKeyFingerprint) throw changedHostKey(this.target, found);
    return found;
  }

  /** Makes the key ready to sign while somebody logs in; the answer ends that. */
  async #offerKey(): Promise<() => Promise<void>> {
    const { agentSocket, privateKey, passphrase, certificate } = this.target;
    if (agentSocket) {
      await assertAnswers(agentSocket, this.target);
      return async () => undefined;
    }
    const key = openPrivateKey(privateKey, passphrase);
    if (!key.ok) throw new TransportError('key-invalid', key.error.message, key.error.hint);
    const { type } = key.value;
    await this.#write('publicKey', `${type} ${key.value.getPublicSSH().toString('base64')}\n`);
    if (certificate) await this.#write('certificate', `${certificate.trim()}\n`);
    return startKeyAgent(this.#file('agent'), key.value);
  }

  #file = (name: keyof typeof files) => join(this.directory, files[name]);
  #write = (name: keyof typeof files, text: string) => writeFile(this.#file(name), text, { mode: 0o600 });
  get #config(): string[] {
    return ['-F', this.#file('config')];
  }

  /** Runs the program to its end. What it leaves in the background keeps no stream of ours open: its words go to a file. */
  async #run(options: readonly string[]): Promise<{ code: number | null; stderr: string }> {
    const path = join(this.directory, `said-${randomBytes(6).toString('hex')}`);
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const said = openSync(path, 'wx', 0o600);
    try {
      const code = await new Promise<number | null>((resolve, reject) => {
        const child = spawn('ssh', [...this.#config, ...options, '--', hostAlias], {
          stdio: ['ignore', 'ignore', said],
          env: environment(),
          cwd: '/',
          timeout: connectTimeoutMs,
        });
        child.once('error', () => reject(noProgram()));
        child.once('exit', resolve);
      });
      const stderr = await readFile(path, 'utf8');
      return { code, stderr: code === null ? `${stderr}\nthe connection timed out` : stderr };
    } finally {
      closeSync(said);
      await rm(path, { force: true });
    }
  }
}

/** What the program may know of our environment: none of the dashboard's secrets. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { ...(PATH ? { PATH } : {}), ...(HOME ? { HOME } : {}), LC_ALL: 'C', NODE_ENV: 'production' };
}

async function assertAnswers(socketPath: string, { address, port, user }: SshTarget): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const socket = createConnection(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', (error) =>
      reject(connectionError(Object.assign(error, { level: 'agent' }), `${address}:${port}`, user)),
    );
  });
}

const noProgram = () =>
  new TransportError(
    'key-invalid',
    'There is no ssh program on the dashboard’s machine.',
    'Install the OpenSSH client there: certificates and agents need it.',
  );

import 'server-only';
import type { Duplex } from 'node:stream';
import { Client, type PublicKeyAuthMethod } from 'ssh2';
import { TransportError } from '../../platform/errors/transport-error';
import { connectionError } from './connection-error';
import { keyFingerprint, keyType } from './fingerprint';
import { hostKeyAlgorithms } from './host-key-algorithms';
import { changedHostKey, unknownHostKey } from './host-key-error';
import { jumpHostCannotReach, jumpHostUnusable } from './jump-host-error';
import { openPrivateKey } from './private-key';
import { type HostKey, type ScanOptions, scanHostKey } from './scan-host-key';
import type { SshTarget } from './ssh-target';

const usualConnectTimeoutMs = 20_000;
const keepaliveMs = 10_000;

export interface DialOptions {
  /** For each machine on the way, until it has let us in. Default 20 s. The system's own ssh program has its own. */
  readonly connectTimeoutMs?: number;
}

/** A logged-in connection whose host key was the pinned one. Throws `TransportError`. */
export async function dial(target: SshTarget, options: DialOptions = {}): Promise<Client> {
  if (!target.via) return dialThrough(target, null, options);
  const hop = await dialHop(target.via, options);
  try {
    const client = await dialThrough(target, hop, options);
    client.once('close', () => hop.end());
    return client;
  } catch (error) {
    hop.end();
    throw error;
  }
}

/** The key that a host shows, seen from where it is reached: through its jump host if it has one. Trusts nothing. */
export async function scanTarget(
  target: Pick<SshTarget, 'address' | 'port' | 'via'>,
  options: Omit<ScanOptions, 'sock'> = {},
): Promise<HostKey> {
  if (!target.via) return scanHostKey(target.address, target.port, options);
  const hop = await dialHop(target.via);
  try {
    return await scanHostKey(target.address, target.port, { ...options, sock: await openHop(hop, target) });
  } finally {
    hop.end();
  }
}

async function dialHop(via: SshTarget, options: DialOptions = {}): Promise<Client> {
  try {
    return await dial(via, options);
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    throw jumpHostUnusable(via, error);
  }
}

async function dialThrough(
  target: SshTarget,
  hop: Client | null,
  { connectTimeoutMs = usualConnectTimeoutMs }: DialOptions,
): Promise<Client> {
  if (!target.hostKeyFingerprint) throw unknownHostKey(target, await scanTarget(target));
  const method = credential(target);
  const openSock = async () => (hop ? await openHop(hop, target) : null);
  try {
    return await logIn(target, method, await openSock(), connectTimeoutMs);
  } catch (error) {
    if (!(error instanceof NoHostKey)) throw error;
    // The pinned type may be gone from the host. What it has instead is for a person to look at.
    const sock = await openSock();
    const { address, port, hostKeyFingerprint } = target;
    const found = await scanHostKey(address, port, sock ? { sock } : {}).catch(() => null);
    if (found && found.fingerprint !== hostKeyFingerprint) throw changedHostKey(target, found);
    throw connectionError(error.reason, `${address}:${port}`, target.user);
  }
}

/** The connection broke before the host showed any key. */
class NoHostKey extends Error {
  constructor(readonly reason: Error) {
    super('no host key was shown');
  }
}

function credential({ user: username, privateKey, passphrase }: SshTarget): PublicKeyAuthMethod {
  const key = openPrivateKey(privateKey, passphrase);
  if (!key.ok) throw new TransportError('key-invalid', key.error.message, key.error.hint);
  return { type: 'publickey', username, key: key.value };
}

function logIn(
  target: SshTarget,
  method: PublicKeyAuthMethod,
  sock: Duplex | null,
  connectTimeoutMs: number,
): Promise<Client> {
  const where = `${target.address}:${target.port}`;
  return new Promise((resolve, reject) => {
    const client = new Client();
    let stranger: HostKey | null = null;
    let keySeen = false;
    const fail = (error: Error) => {
      // Nobody is told of its later events, but they would end the process if nobody listened.
      client.on('error', () => undefined);
      client.destroy();
      if (stranger) reject(changedHostKey(target, stranger));
      else if (!keySeen && isBrokenHandshake(error)) reject(new NoHostKey(error));
      else reject(connectionError(error, where, target.user));
    };
    client.once('error', fail);
    client.once('close', () => fail(closedEarly()));
    client.once('ready', () => {
      client.removeAllListeners('error');
      client.removeAllListeners('close');
      // A link that breaks later is reported by 'close'; without a listener an 'error' would end the process.
      client.on('error', () => undefined);
      resolve(client);
    });
    client.connect({
      host: target.address,
      port: target.port,
      username: target.user,
      // The opened key: opening it takes long where it is encrypted, and was done already.
      authHandler: [method],
      readyTimeout: connectTimeoutMs,
      keepaliveInterval: keepaliveMs,
      keepaliveCountMax: 3,
      algorithms: { serverHostKey: hostKeyAlgorithms(target.hostKeyType) },
      hostVerifier: (key: Buffer) => {
        keySeen = true;
        const fingerprint = keyFingerprint(key);
        if (fingerprint === target.hostKeyFingerprint) return true;
        stranger = { type: keyType(key), fingerprint, publicKey: key.toString('base64') };
        return false;
      },
      ...(sock ? { sock } : {}),
    });
  });
}

const closedEarly = () => Object.assign(new Error('the connection was closed'), { level: 'handshake' });
const isBrokenHandshake = (error: Error & { level?: string }) => error.level === 'handshake';

function openHop(hop: Client, target: Pick<SshTarget, 'address' | 'port' | 'via'>): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    hop.forwardOut('127.0.0.1', 0, target.address, target.port, (error, channel) => {
      if (!error) return resolve(channel);
      reject(jumpHostCannotReach({ address: target.via?.address ?? '' }, target, error.message));
    });
  });
}

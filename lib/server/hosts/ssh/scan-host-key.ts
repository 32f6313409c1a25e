import 'server-only';
import type { Duplex } from 'node:stream';
import { Client } from 'ssh2';
import { connectionError } from './connection-error';
import { keyFingerprint, keyType } from './fingerprint';
import { allHostKeyAlgorithms, hostKeyAlgorithms } from './host-key-algorithms';

export interface HostKey {
  readonly type: string;
  /** `SHA256:…` */
  readonly fingerprint: string;
  /** Base64 of the whole key, as in known_hosts. */
  readonly publicKey: string;
}

export interface ScanOptions {
  readonly timeoutMs?: number;
  /** Ask for a key of this type only. */
  readonly type?: string;
  readonly sock?: Duplex;
}

/**
 * The host key that a server shows, without logging in and without trusting it: the connection ends as soon as the key is
 * seen. Throws `TransportError`.
 */
export function scanHostKey(address: string, port: number, options: ScanOptions = {}): Promise<HostKey> {
  const { timeoutMs = 10_000, type, sock } = options;
  return new Promise((resolve, reject) => {
    const client = new Client();
    let seen: HostKey | null = null;
    const end = (error: Error) => {
      client.destroy();
      if (seen) resolve(seen);
      else reject(connectionError(error, `${address}:${port}`, ''));
    };
    client.on('error', end);
    client.on('close', () => end(new Error('the connection was closed')));
    client.connect({
      host: address,
      port,
      username: 'gatehouse',
      readyTimeout: timeoutMs,
      algorithms: { serverHostKey: type ? hostKeyAlgorithms(type) : allHostKeyAlgorithms },
      hostVerifier: (key: Buffer) => {
        seen = { type: keyType(key), fingerprint: keyFingerprint(key), publicKey: key.toString('base64') };
        return false;
      },
      ...(sock ? { sock } : {}),
    });
  });
}

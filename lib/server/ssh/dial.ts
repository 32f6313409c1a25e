import 'server-only';
import type { Duplex } from 'node:stream';
import { Client } from 'ssh2';
import { connectionError } from './connection-error';
import { keyFingerprint, keyType } from './fingerprint';
import { hostKeyAlgorithms } from './host-key-algorithms';
import { parsePrivateKey } from './private-key';
import { type HostKey, scanHostKey } from './scan-host-key';
import type { SshTarget } from './ssh-target';
import { TransportError } from './transport-error';

const connectTimeoutMs = 20_000;
const keepaliveMs = 10_000;

/** A logged-in connection whose host key was the pinned one. Throws `TransportError`. */
export async function dial(target: SshTarget): Promise<Client> {
  if (!target.hostKeyFingerprint) throw await unknownHostKey(target);
  const key = parsePrivateKey(target.privateKey, target.passphrase);
  if (!key.ok) throw new TransportError('key-invalid', key.error.message, key.error.hint);
  const hop = target.via ? await dial(target.via) : null;
  try {
    const client = await logIn(target, hop ? await openHop(hop, target) : null);
    if (hop) client.once('close', () => hop.end());
    return client;
  } catch (error) {
    hop?.end();
    throw error;
  }
}

function logIn(target: SshTarget, sock: Duplex | null): Promise<Client> {
  const where = `${target.address}:${target.port}`;
  return new Promise((resolve, reject) => {
    const client = new Client();
    let stranger: HostKey | null = null;
    const fail = (error: Error) => {
      client.destroy();
      if (stranger) return reject(changedHostKey(target, stranger));
      if (/no matching host key/i.test(error.message)) {
        // The pinned type is gone from the host. What it has instead is for a person to look at.
        scanHostKey(target.address, target.port).then(
          (found) => reject(changedHostKey(target, found)),
          () => reject(connectionError(error, where, target.user)),
        );
        return;
      }
      reject(connectionError(error, where, target.user));
    };
    client.once('error', fail);
    client.once('close', () => fail(new Error('the connection was closed')));
    client.once('ready', () => {
      client.removeAllListeners('error');
      client.removeAllListeners('close');
      // A link that breaks later is told of by 'close'; without a listener an 'error' would end the process.
      client.on('error', () => undefined);
      resolve(client);
    });
    client.connect({
      host: target.address,
      port: target.port,
      username: target.user,
      privateKey: target.privateKey,
      readyTimeout: connectTimeoutMs,
      keepaliveInterval: keepaliveMs,
      keepaliveCountMax: 3,
      algorithms: { serverHostKey: hostKeyAlgorithms(target.hostKeyType) },
      hostVerifier: (key: Buffer) => {
        const fingerprint = keyFingerprint(key);
        if (fingerprint === target.hostKeyFingerprint) return true;
        stranger = { type: keyType(key), fingerprint, publicKey: key.toString('base64') };
        return false;
      },
      ...(target.passphrase === undefined ? {} : { passphrase: target.passphrase }),
      ...(sock ? { sock } : {}),
    });
  });
}

function openHop(hop: Client, target: SshTarget): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    hop.forwardOut('127.0.0.1', 0, target.address, target.port, (error, channel) => {
      if (!error) return resolve(channel);
      reject(
        new TransportError(
          'unreachable',
          `The jump host ${target.via?.address} cannot reach ${target.address}:${target.port}.`,
          'Check the address as seen from the jump host, and that it allows TCP forwarding.',
          { reason: error.message.slice(0, 300) },
        ),
      );
    });
  });
}

function changedHostKey(target: SshTarget, found: HostKey): TransportError {
  return new TransportError(
    'host-key-changed',
    `${target.address}:${target.port} shows another host key than the one that was confirmed. Nothing was sent to it.`,
    'If the host was reinstalled, compare the new fingerprint on its console and confirm it; otherwise someone may be in between.',
    {
      pinnedType: target.hostKeyType,
      pinned: target.hostKeyFingerprint,
      foundType: found.type,
      found: found.fingerprint,
    },
  );
}

async function unknownHostKey(target: SshTarget): Promise<TransportError> {
  const found = await scanHostKey(target.address, target.port);
  return new TransportError(
    'host-key-unknown',
    `Nobody has confirmed the host key of ${target.address}:${target.port} yet.`,
    'Compare the fingerprint with the one on the host’s console, then confirm it.',
    { foundType: found.type, found: found.fingerprint },
  );
}

import 'server-only';
import { createServer, type Socket } from 'node:net';
import type { ParsedKey } from 'ssh2';

/** Message numbers and flags of draft-ietf-sshm-ssh-agent, §6. */
const failure = 5;
const requestIdentities = 11;
const identitiesAnswer = 12;
const signRequest = 13;
const signResponse = 14;
const rsaSha256 = 2;
const longestMessage = 262_144;

/**
 * An SSH agent inside this process that holds one key, at a socket in a directory that is nobody else's. The `ssh` program asks it to
 * sign, so the private key is written nowhere and is in nobody's arguments. The answer stops it.
 */
export async function startKeyAgent(socketPath: string, key: ParsedKey): Promise<() => Promise<void>> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let waiting = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      for (;;) {
        const length = waiting.length < 4 ? 0 : waiting.readUInt32BE();
        if (length > longestMessage) return socket.destroy();
        if (length === 0 || waiting.length < 4 + length) return;
        socket.write(text(answer(key, waiting.subarray(4, 4 + length))));
        waiting = waiting.subarray(4 + length);
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
}

/** Whatever is asked for beside the two acts, such as extensions, is refused, as the protocol foresees. */
function answer(key: ParsedKey, message: Buffer): Buffer {
  const blob = key.getPublicSSH();
  if (message[0] === requestIdentities)
    return Buffer.concat([
      Buffer.from([identitiesAnswer]),
      number(1),
      text(blob),
      text(Buffer.from('gatehouse')),
    ]);
  if (message[0] !== signRequest) return Buffer.from([failure]);
  const [asked, data, rest] = readTwo(message.subarray(1));
  if (!asked?.equals(blob) || !data || !rest || rest.length < 4) return Buffer.from([failure]);
  const { algorithm, hash } = algorithmOf(key, rest.readUInt32BE());
  const signature = key.sign(data, hash);
  if (!Buffer.isBuffer(signature)) return Buffer.from([failure]);
  const body = key.type.startsWith('ecdsa-') ? ecdsaParts(signature) : signature;
  return Buffer.concat([
    Buffer.from([signResponse]),
    text(Buffer.concat([text(Buffer.from(algorithm)), text(body)])),
  ]);
}

function algorithmOf(key: ParsedKey, flags: number): { algorithm: string; hash?: string } {
  if (key.type !== 'ssh-rsa') return { algorithm: key.type };
  if (flags & rsaSha256) return { algorithm: 'rsa-sha2-256', hash: 'sha256' };
  // SHA-1, which no flag means, is given to nobody.
  return { algorithm: 'rsa-sha2-512', hash: 'sha512' };
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** RFC 4251 §5: a string is its length and its bytes. */
const text = (bytes: Buffer): Buffer => Buffer.concat([number(bytes.length), bytes]);

function readTwo(bytes: Buffer): (Buffer | null)[] {
  const one = readText(bytes);
  const two = one && readText(one.rest);
  return [one?.value ?? null, two?.value ?? null, two?.rest ?? null];
}

function readText(bytes: Buffer): { value: Buffer; rest: Buffer } | null {
  if (bytes.length < 4) return null;
  const end = 4 + bytes.readUInt32BE();
  return bytes.length < end ? null : { value: bytes.subarray(4, end), rest: bytes.subarray(end) };
}

/** RFC 5656 §3.1.2 wants r and s as two strings; DER has the same bytes in two INTEGERs of a SEQUENCE. */
function ecdsaParts(der: Buffer): Buffer {
  const parts: Buffer[] = [];
  // A sequence of more than 127 bytes (P-521) has one more byte of length.
  for (let at = (der[1] ?? 0) & 0x80 ? 3 : 2; at < der.length; ) {
    const length = der[at + 1] ?? 0;
    parts.push(text(der.subarray(at + 2, at + 2 + length)));
    at += 2 + length;
  }
  return Buffer.concat(parts);
}

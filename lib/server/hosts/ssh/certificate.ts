import 'server-only';
import ssh2 from 'ssh2';
import { err, ok, type Result } from '#core/result';
import type { PrivateKeyError } from './private-key';

/** What an OpenSSH user certificate says. Who signed it is for the host to judge. */
export interface Certificate {
  /** Its one line, without the comment. */
  readonly line: string;
  /** The name that the authority gave it, for people. Hostile text. */
  readonly keyId: string;
  /** Accounts it is good for; any where there is none. */
  readonly principals: readonly string[];
  /** `null`: forever. */
  readonly validUntil: Date | null;
}

export interface CertificateError extends Omit<PrivateKeyError, 'code'> {
  readonly code: 'not-a-certificate' | 'host-certificate' | 'other-key' | 'expired' | 'unsupported';
}

const userCertificate = 1;
const forever = 0xffff_ffff_ffff_ffffn;
const farAway = 8.64e15;

/** How many strings (RFC 4251 §5) a public key has in a certificate, behind the nonce (OpenSSH PROTOCOL.certkeys). */
const keyParts: Readonly<Record<string, number>> = {
  'ssh-ed25519': 1,
  'ssh-rsa': 2,
  'ecdsa-sha2-nistp256': 2,
  'ecdsa-sha2-nistp384': 2,
  'ecdsa-sha2-nistp521': 2,
};

/** Reads the text of a `-cert.pub` file. Checks its form, not its signature. */
export function readCertificate(
  given: string,
): Result<Certificate & { readonly publicKey: Buffer }, CertificateError> {
  const [type = '', base64 = ''] = given.trim().split(/\s+/);
  const plain = type.replace(/-cert-v01@openssh\.com$/, '');
  const parts = keyParts[plain];
  if (plain === type || !/^[A-Za-z0-9+/]+=*$/.test(base64))
    return problem(
      'not-a-certificate',
      'This is not an OpenSSH certificate.',
      'Paste the whole -cert.pub file, one line.',
    );
  if (!parts) return problem('unsupported', `Certificates of type ${type} are not supported.`, hardware);
  try {
    const reader = new Reader(Buffer.from(base64, 'base64'));
    if (reader.string().toString() !== type) throw new RangeError('another type inside');
    reader.string();
    const key = Array.from({ length: parts }, () => reader.string());
    reader.skip(8);
    const kind = reader.uint32();
    const keyId = reader.string().toString('utf8').slice(0, 200);
    const names = new Reader(reader.string());
    const principals: string[] = [];
    while (names.more) principals.push(names.string().toString('utf8').slice(0, 100));
    reader.skip(8);
    const before = reader.uint64();
    if (kind !== userCertificate)
      return problem(
        'host-certificate',
        'This is the certificate of a host.',
        'Have one made for a user: ssh-keygen -s without -h.',
      );
    const endMs = Number(before) * 1000;
    return ok({
      line: `${type} ${base64}`,
      keyId,
      principals,
      validUntil: before === forever || endMs > farAway ? null : new Date(endMs),
      publicKey: joined([Buffer.from(plain), ...key]),
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return problem(
      'not-a-certificate',
      'The certificate is cut short or damaged.',
      'Paste the whole -cert.pub file, one line.',
    );
  }
}

/** The certificate of exactly that key, not run out at `now`. `publicKey`: the key's line as in authorized_keys, or a certificate of it. */
export function certificateFor(
  given: string,
  publicKey: string,
  now: Date,
): Result<Certificate, CertificateError> {
  const read = readCertificate(given);
  if (!read.ok) return read;
  if (!publicHalf(publicKey)?.equals(read.value.publicKey))
    return problem(
      'other-key',
      'The certificate is not for this key.',
      'Take the private key whose public half was signed.',
    );
  const { validUntil } = read.value;
  if (validUntil && validUntil <= now)
    return problem(
      'expired',
      `The certificate ran out at ${validUntil.toISOString()}.`,
      'Have a new one made.',
    );
  return ok(read.value);
}

function publicHalf(line: string): Buffer | null {
  const certificate = readCertificate(line);
  if (certificate.ok) return certificate.value.publicKey;
  const key = ssh2.utils.parseKey(line);
  return key instanceof Error ? null : key.getPublicSSH();
}

const hardware = 'Put such a key and its certificate into the SSH agent of the dashboard’s account.';

const problem = (
  code: CertificateError['code'],
  message: string,
  hint: string,
): Result<never, CertificateError> => err({ code, message, hint });

function joined(strings: readonly Buffer[]): Buffer {
  return Buffer.concat(
    strings.flatMap((bytes) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

/** Fields one after the other. @throws RangeError at the end of the bytes */
class Reader {
  #at = 0;
  constructor(private readonly bytes: Buffer) {}
  get more(): boolean {
    return this.#at < this.bytes.length;
  }
  uint32(): number {
    this.skip(4);
    return this.bytes.readUInt32BE(this.#at - 4);
  }
  uint64(): bigint {
    this.skip(8);
    return this.bytes.readBigUInt64BE(this.#at - 8);
  }
  string(): Buffer {
    const length = this.uint32();
    this.skip(length);
    return this.bytes.subarray(this.#at - length, this.#at);
  }
  skip(length: number): void {
    if (this.#at + length > this.bytes.length) throw new RangeError('cut short');
    this.#at += length;
  }
}

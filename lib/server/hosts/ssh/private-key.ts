import 'server-only';
import ssh2, { type ParsedKey } from 'ssh2';
import { err, ok, type Result } from '#core/result';
import { keyFingerprint } from './fingerprint';

export interface PrivateKeyInfo {
  /** `ssh-ed25519`, `ssh-rsa`, `ecdsa-sha2-nistp256` … */
  readonly type: string;
  /** The line for authorized_keys. */
  readonly publicKey: string;
  /** `SHA256:…` */
  readonly fingerprint: string;
}

export interface PrivateKeyError {
  readonly code:
    | 'not-a-key'
    | 'public-key'
    | 'passphrase-missing'
    | 'passphrase-wrong'
    | 'unsupported'
    | 'damaged';
  readonly message: string;
  readonly hint: string;
}

const supported = 'Use an ed25519, ECDSA or RSA key; the app can also make one.';

/** What a private key is, or what is wrong with the text. The error never quotes it. */
export function parsePrivateKey(text: string, passphrase?: string): Result<PrivateKeyInfo, PrivateKeyError> {
  const opened = openPrivateKey(text, passphrase);
  if (!opened.ok) return opened;
  const { type, comment } = opened.value;
  const publicKey = opened.value.getPublicSSH();
  const label = comment.replace(/[^\x21-\x7e]/g, '') || 'gatehouse';
  return ok({
    type,
    publicKey: `${type} ${publicKey.toString('base64')} ${label}`,
    fingerprint: keyFingerprint(publicKey),
  });
}

/** The key itself, ready to sign. Opening an encrypted one is slow on purpose (about a second). */
export function openPrivateKey(text: string, passphrase?: string): Result<ParsedKey, PrivateKeyError> {
  const trimmed = text.trim();
  if (/^(?:ssh-|ecdsa-|sk-)\S+ AAAA/.test(trimmed) || trimmed.startsWith('---- BEGIN SSH2 PUBLIC KEY')) {
    return problem(
      'public-key',
      'This is the public half of a key.',
      'Paste the private half: the file without “.pub”.',
    );
  }
  if (!/^(?:-----BEGIN [A-Z ]*PRIVATE KEY-----|PuTTY-User-Key-File-)/.test(trimmed)) {
    return problem(
      'not-a-key',
      'This is not a private key.',
      'Paste the whole file, with its BEGIN and END lines.',
    );
  }
  const parsed = parse(`${trimmed}\n`, passphrase);
  if (parsed instanceof Error) return classify(parsed.message, trimmed, passphrase);
  if (!parsed.isPrivateKey())
    return problem('not-a-key', 'This is not a private key.', 'Paste the private half of the key.');
  if (!/^(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521))$/.test(parsed.type)) {
    return problem('unsupported', `Keys of type ${parsed.type} are not supported.`, supported);
  }
  return ok(parsed);
}

function parse(text: string, passphrase: string | undefined) {
  try {
    const parsed = ssh2.utils.parseKey(text, passphrase);
    return Array.isArray(parsed) ? (parsed[0] ?? new Error('empty')) : parsed;
  } catch (error) {
    return error instanceof Error ? error : new Error('unknown');
  }
}

function classify(
  message: string,
  text: string,
  passphrase: string | undefined,
): Result<never, PrivateKeyError> {
  if (/no passphrase given/i.test(message)) {
    return problem(
      'passphrase-missing',
      'The key is protected by a passphrase.',
      'Type the passphrase of the key.',
    );
  }
  if (/passphrase|integrity|decrypt/i.test(message) && passphrase !== undefined) {
    return problem(
      'passphrase-wrong',
      'The passphrase does not open this key.',
      'Type it again; it is the key’s, not the account’s.',
    );
  }
  // The library calls everything it cannot read "unsupported"; the key's own words tell which it is.
  const inside = Buffer.from(text.replace(/^-.*$/gm, ''), 'base64').toString('latin1');
  if (/BEGIN DSA/.test(text) || /ssh-dss|sk-(?:ssh|ecdsa)|-cert-v01/.test(inside)) {
    return problem(
      'unsupported',
      'Keys of this kind are not supported (hardware keys, DSA, certificates).',
      supported,
    );
  }
  return problem(
    'damaged',
    'The key is cut short or damaged.',
    'Paste the whole file, with its BEGIN and END lines.',
  );
}

function problem(
  code: PrivateKeyError['code'],
  message: string,
  hint: string,
): Result<never, PrivateKeyError> {
  return err({ code, message, hint });
}

interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
  readonly fingerprint: string;
}

/**
 * A new ed25519 key pair: private half in OpenSSH form, public half as a line for authorized_keys. The library takes a zero in front of the public half
 * for padding (ssh2 1.17, keygen.js), so one key in 256 cannot be read; that one is never used.
 */
export function generateKeyPair(comment: string): KeyPair {
  const options = { comment: comment.replace(/[^\x21-\x7e]/g, '-') };
  for (;;) {
    const { private: privateKey } = ssh2.utils.generateKeyPairSync('ed25519', options);
    const parsed = parsePrivateKey(privateKey);
    if (!parsed.ok && parsed.error.code !== 'damaged') throw new Error('a new key does not parse');
    if (!parsed.ok) continue;
    const { publicKey, fingerprint } = parsed.value;
    return { privateKey, publicKey, fingerprint };
  }
}

import 'server-only';
import {
  createHash,
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';

/** A new account key (P-256), as PEM to be kept encrypted. */
export function newAccountKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The public half, with its members in the order that RFC 7638 hashes. */
export function publicJwk(key: KeyObject): { crv: string; kty: string; x: string; y: string } {
  const { crv = '', kty = '', x = '', y = '' } = key.export({ format: 'jwk' });
  return { crv, kty, x, y };
}

export const accountKey = (pem: string): KeyObject => createPrivateKey(pem);

/** RFC 7638: what a challenge is answered with, after its token and a dot. */
export const thumbprint = (key: KeyObject): string =>
  createHash('sha256')
    .update(JSON.stringify(publicJwk(key)))
    .digest('base64url');

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

interface Protected {
  readonly url: string;
  /** Absent in the inner part of a key change. */
  readonly nonce?: string;
  /** The account's URL; without it the key itself is sent. */
  readonly kid?: string | null;
}

/** A request as ACME wants it: flattened JWS, ES256. `null` is a POST-as-GET. */
export function signRequest(key: KeyObject, payload: unknown, { url, nonce, kid }: Protected) {
  const head = encode({
    alg: 'ES256',
    ...(nonce === undefined ? {} : { nonce }),
    url,
    ...(kid ? { kid } : { jwk: publicJwk(key) }),
  });
  const body = payload === null ? '' : encode(payload);
  const signature = sign('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' });
  return { protected: head, payload: body, signature: signature.toString('base64url') };
}

/** RFC 8555, section 7.3.4: the account key, signed with the HMAC key that the CA gave for it. */
export function bindExternalAccount(
  key: KeyObject,
  url: string,
  { kid, hmacKey }: { readonly kid: string; readonly hmacKey: string },
) {
  const head = encode({ alg: 'HS256', kid, url });
  const body = encode(publicJwk(key));
  const signature = createHmac('sha256', Buffer.from(hmacKey, 'base64url')).update(`${head}.${body}`);
  return { protected: head, payload: body, signature: signature.digest('base64url') };
}

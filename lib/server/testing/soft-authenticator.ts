import 'server-only';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest();
const base64url = (data: Uint8Array) => Buffer.from(data).toString('base64url');
const flags = { present: 1, verified: 4, attested: 64 };

interface Ceremony {
  readonly challenge: string;
  readonly origin: string;
  /** Whether the device asked who holds it. */
  readonly verified?: boolean;
}

/** A security key in software, by WebAuthn's own formats (w3.org/TR/webauthn-3, 6.1 and 8.7): real signatures, no browser. */
export function softAuthenticator() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const credentialId = randomBytes(32);
  let counter = 0;
  const clientData = (type: string, { challenge, origin }: Ceremony) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const head = ({ origin, verified = true }: Ceremony, extra = 0) => {
    const count = Buffer.alloc(4);
    counter += 1;
    count.writeUInt32BE(counter);
    const bits = flags.present + (verified ? flags.verified : 0) + extra;
    return Buffer.concat([sha256(new URL(origin).hostname), Buffer.from([bits]), count]);
  };
  return {
    create(ceremony: Ceremony) {
      const key = new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Uint8Array.from(Buffer.from(x, 'base64url'))],
        [-3, Uint8Array.from(Buffer.from(y, 'base64url'))],
      ]);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const data = Buffer.concat([
        head(ceremony, flags.attested),
        Buffer.alloc(16),
        length,
        credentialId,
        isoCBOR.encode(key),
      ]);
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', Uint8Array.from(data)],
      ]);
      return {
        id: base64url(credentialId),
        clientDataJSON: base64url(clientData('webauthn.create', ceremony)),
        attestationObject: base64url(isoCBOR.encode(attestation as Parameters<typeof isoCBOR.encode>[0])),
        transports: ['internal'],
      };
    },
    get(ceremony: Ceremony) {
      const client = clientData('webauthn.get', ceremony);
      const data = head(ceremony);
      return {
        id: base64url(credentialId),
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)),
      };
    },
    /** As a copy of the device would: the counter goes back. */
    rewind: () => {
      counter = 0;
    },
  };
}

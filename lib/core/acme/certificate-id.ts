/** Bytes of a certificate (DER) as far as RFC 9773 needs them: authority key identifier and serial number. */
const authorityKeyOid = [0x06, 0x03, 0x55, 0x1d, 0x23];

/** The name under which a CA tells about a certificate's renewal (RFC 9773, section 4.1); `null` where it has no authority key identifier. */
export function certificateId(der: Uint8Array, serialHex: string): string | null {
  const keyId = authorityKeyId(der);
  if (!keyId) return null;
  const even = serialHex.length % 2 === 0 ? serialHex : `0${serialHex}`;
  const serial = (even.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
  // A DER integer whose first bit is set has a zero before it.
  if ((serial[0] ?? 0) >= 0x80) serial.unshift(0);
  return `${base64url(keyId)}.${base64url(Uint8Array.from(serial))}`;
}

function authorityKeyId(der: Uint8Array): Uint8Array | null {
  for (let at = 0; at + 12 < der.length; at++) {
    if (!authorityKeyOid.every((byte, offset) => der[at + offset] === byte)) continue;
    let next = at + authorityKeyOid.length;
    // The extension may say whether it is critical.
    if (der[next] === 0x01) next += 3;
    // OCTET STRING { SEQUENCE { [0] keyIdentifier … } }, all shorter than 128 bytes unless the issuer is named as well.
    const inner = skipHeader(der, skipHeader(der, next, 0x04), 0x30);
    const length = der[inner + 1] ?? 0;
    if (der[inner] !== 0x80 || length === 0 || length >= 0x80) return null;
    return der.subarray(inner + 2, inner + 2 + length);
  }
  return null;
}

function skipHeader(der: Uint8Array, at: number, tag: number): number {
  if (at < 0 || der[at] !== tag) return -1;
  const length = der[at + 1] ?? 0;
  return at + 2 + (length < 0x80 ? 0 : length - 0x80);
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

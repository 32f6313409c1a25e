/**
 * TLS profiles as data: Mozilla server side TLS guideline 6.0 (mozilla/ssl-config-generator, 2026-05), the same for every web server.
 * The old profile was removed there and is not offered here.
 */
export interface TlsProfile {
  readonly name: 'modern' | 'intermediate';
  readonly protocols: readonly ('TLSv1.2' | 'TLSv1.3')[];
  /** OpenSSL names of the TLS 1.2 suites; none where TLS 1.2 is off. TLS 1.3 suites stay at OpenSSL's defaults. */
  readonly ciphers: readonly string[];
}

export const tlsProfiles: Readonly<Record<TlsProfile['name'], TlsProfile>> = {
  modern: { name: 'modern', protocols: ['TLSv1.3'], ciphers: [] },
  intermediate: {
    name: 'intermediate',
    protocols: ['TLSv1.2', 'TLSv1.3'],
    ciphers: [
      'ECDHE-ECDSA-AES128-GCM-SHA256',
      'ECDHE-RSA-AES128-GCM-SHA256',
      'ECDHE-ECDSA-AES256-GCM-SHA384',
      'ECDHE-RSA-AES256-GCM-SHA384',
      'ECDHE-ECDSA-CHACHA20-POLY1305',
      'ECDHE-RSA-CHACHA20-POLY1305',
    ],
  },
};

/** Key exchange groups. The hybrid ML-KEM group makes older OpenSSL refuse the whole list, so it needs OpenSSL ≥ 3.5. */
export const tlsCurves = {
  hybrid: ['X25519MLKEM768', 'X25519', 'prime256v1', 'secp384r1'],
  classic: ['X25519', 'prime256v1', 'secp384r1'],
} as const;

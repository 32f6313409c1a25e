import 'server-only';
import { X509Certificate } from 'node:crypto';
import { certificateId } from '#core/acme/certificate-id';

export interface Chain {
  readonly leaf: X509Certificate;
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Of all certificates, the leaf first. */
  readonly fingerprints: readonly string[];
  /** For ARI; `null` where the certificate has no authority key identifier. */
  readonly id: string | null;
}

/** A chain in PEM form. Throws where there is no certificate in it. */
export function readChain(pem: string): Chain {
  const parts = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const all = parts.map((part) => new X509Certificate(part));
  const [leaf] = all;
  if (!leaf) throw new Error('there is no certificate in the chain');
  return {
    leaf,
    serial: leaf.serialNumber,
    notBefore: new Date(leaf.validFrom),
    notAfter: new Date(leaf.validTo),
    fingerprints: all.map(({ fingerprint256 }) => fingerprint256),
    id: certificateId(leaf.raw, leaf.serialNumber),
  };
}

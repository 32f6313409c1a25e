import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { SelfSignedCertificate } from '../types';

type Wanted = Omit<SelfSignedCertificate, 'site'>;

/** Makes self-signed certificates as an apply would on the host. */
export async function makeCertificates(
  certificates: readonly Wanted[],
  place: (path: string) => string,
): Promise<void> {
  for (const { certificatePath, keyPath, hostnames } of certificates) {
    await mkdir(dirname(place(certificatePath)), { recursive: true });
    const names = hostnames.map((name) => `DNS:${name}`).join(',');
    await promisify(execFile)('openssl', [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-subj', '/CN=gatehouse test', '-addext', `subjectAltName=${names}`],
      ...['-keyout', place(keyPath), '-out', place(certificatePath)],
    ]);
  }
}

import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Rendering } from '../types';

/** Makes the self-signed certificates that a rendering asks for, as an apply would on the host. */
export async function makeCertificates(rendering: Rendering, place: (path: string) => string): Promise<void> {
  for (const { certificatePath, keyPath, hostnames } of rendering.certificates) {
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

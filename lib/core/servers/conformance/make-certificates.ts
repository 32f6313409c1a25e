import 'reflect-metadata';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import type { MadeCertificate } from '../types';

type Wanted = Omit<MadeCertificate, 'site' | 'kind'>;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMs = 86_400_000;

/** One key for all of them: tests make thousands, and none is about keys. */
const pair = crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
const key = pair.then(async ({ privateKey }) => {
  const der = await crypto.subtle.exportKey('pkcs8', privateKey);
  return `-----BEGIN PRIVATE KEY-----\n${Buffer.from(der).toString('base64')}\n-----END PRIVATE KEY-----\n`;
});

/** By their names, since most sites of tests have the same ones. */
const made = new Map<string, Promise<string>>();

function certificateFor(hostnames: readonly string[]): Promise<string> {
  const names = JSON.stringify(hostnames);
  const certificate = made.get(names) ?? makeCertificate(hostnames);
  made.set(names, certificate);
  return certificate;
}

async function makeCertificate(hostnames: readonly string[]): Promise<string> {
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=gatehouse test',
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + dayMs),
    keys: await pair,
    signingAlgorithm: algorithm,
    extensions: [
      new SubjectAlternativeNameExtension(hostnames.map((value) => ({ type: 'dns' as const, value }))),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

/** Makes self-signed certificates where an apply would have made them on the host. */
export async function makeCertificates(
  certificates: readonly Wanted[],
  place: (path: string) => string,
): Promise<void> {
  for (const { certificatePath, keyPath, hostnames } of certificates) {
    await mkdir(dirname(place(certificatePath)), { recursive: true });
    await mkdir(dirname(place(keyPath)), { recursive: true });
    await writeFile(place(certificatePath), await certificateFor(hostnames));
    await writeFile(place(keyPath), await key);
  }
}

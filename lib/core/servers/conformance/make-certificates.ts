import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SelfSignedCertificate } from '../types';

type Wanted = Omit<SelfSignedCertificate, 'site'>;

const dayMs = 86_400_000;

/** One key for all of them: tests make thousands, and none is about keys. */
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keyText = privateKey.export({ type: 'pkcs8', format: 'pem' });

/** A value in DER (X.690): its tag, its length, its content. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}
const sequence = (...content: readonly Buffer[]) => der(0x30, ...content);
const objectId = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));

const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));
const commonName = sequence(
  der(0x31, sequence(objectId('550403'), der(0x0c, Buffer.from('gatehouse test')))),
);
const subjectAltName = objectId('551d11');
/** GeneralizedTime, by the second. */
const time = (ms: number) =>
  der(0x18, Buffer.from(`${new Date(ms).toISOString().replaceAll(/[-:T]|\..*/g, '')}Z`));

/** A certificate (RFC 5280) that signs itself. Made by hand: a library takes many times as long as the signature itself. */
function certificateFor(hostnames: readonly string[]): string {
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1]), randomBytes(15)),
    ecdsaWithSha256,
    commonName,
    sequence(time(Date.now() - dayMs), time(Date.now() + dayMs)),
    commonName,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(
        sequence(
          subjectAltName,
          der(0x04, sequence(...hostnames.map((name) => der(0x82, Buffer.from(name, 'latin1'))))),
        ),
      ),
    ),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const text = sequence(body, ecdsaWithSha256, signature).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${text.replaceAll(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;
}

/** Makes self-signed certificates where an apply would have made them on the host. */
export async function makeCertificates(
  certificates: readonly Wanted[],
  place: (path: string) => string,
): Promise<void> {
  for (const { certificatePath, keyPath, hostnames } of certificates) {
    await mkdir(dirname(place(certificatePath)), { recursive: true });
    await mkdir(dirname(place(keyPath)), { recursive: true });
    await writeFile(place(certificatePath), certificateFor(hostnames));
    await writeFile(place(keyPath), keyText);
  }
}

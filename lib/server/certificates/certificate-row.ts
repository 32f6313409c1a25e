import 'server-only';
import { z } from 'zod';
import type { Prisma } from '../../generated/prisma/client';
import type { ReadDb, WriteDb } from '../platform/database/db';
import { write } from '../platform/database/write';

/**
 * What is done next on the way to a certificate. `idle`: nothing is on its way. `key`: the host makes key and request. `order`: the CA is asked.
 * `challenge`: the names are being proven. `finalize`: the CA signs. `install`: the chain goes to the host. `switch`: an apply of its own
 * serves it.
 */
export const CertificateStage = z.enum([
  'idle',
  'key',
  'order',
  'challenge',
  'finalize',
  'install',
  'switch',
]);
export type CertificateStage = z.infer<typeof CertificateStage>;

export const certificateInclude = {
  site: true,
  issuer: { include: { accountKey: true, eabKey: true } },
  target: { include: { host: true } },
} as const;

export type CertificateRow = Prisma.CertificateGetPayload<{ include: typeof certificateInclude }>;

export const loadCertificate = (db: ReadDb | WriteDb, id: string): Promise<CertificateRow | null> =>
  db.certificate.findUnique({ where: { id }, include: certificateInclude });

export const hostnamesOf = (row: { readonly hostnames: unknown }): string[] =>
  z.array(z.string()).min(1).parse(row.hostnames);

/** Writes down what is true, or what is about to be done. A row that is gone meanwhile needs nothing. */
export async function saveCertificate(
  id: string,
  data: Prisma.CertificateUpdateManyMutationInput,
): Promise<void> {
  await write((tx) => tx.certificate.updateMany({ where: { id }, data }));
}

/** Nothing is on its way now. */
export const nothingUnderWay = {
  stage: 'idle',
  nextGeneration: null,
  csr: null,
  orderUrl: null,
  orderedAt: null,
  nextChain: null,
  switchId: null,
} as const satisfies Prisma.CertificateUpdateManyMutationInput;

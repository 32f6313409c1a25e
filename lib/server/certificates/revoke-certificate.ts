import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { AppError, notFound } from '../platform/errors/app-error';
import { AcmeError } from './acme/acme-error';
import { beginCertificate } from './begin-certificate';
import { loadCertificate } from './certificate-row';
import { describeCertificate } from './describe-certificate';
import { issuerClient } from './issuer-client';
import { readChain } from './read-chain';

/** RFC 5280, section 5.3.1. */
const reasons = { unspecified: 0, 'key-compromise': 1, superseded: 4, cessation: 5 } as const;

/** Has the CA revoke what is served. Another one with another key is obtained at once: a revoked certificate is useless to visitors. */
export const revokeCertificate: Handler<typeof contract.certificates.revoke> = async ({
  params,
  body,
  db,
  change,
  signal,
}) => {
  const row = await loadCertificate(db, params.id);
  if (!row) throw notFound('certificate');
  if (!row.issuer || row.chain === null) {
    throw new AppError('conflict', 'There is no certificate from this issuer yet.', {
      hint: 'Nothing has to be revoked.',
    });
  }
  const client = issuerClient(row.issuer, signal);
  try {
    await client.revoke(readChain(row.chain).leaf.raw.toString('base64url'), reasons[body.reason]);
  } catch (error) {
    if (!(error instanceof AcmeError)) throw error;
    if (error.type !== 'alreadyRevoked')
      throw new AppError('conflict', error.message, { hint: error.hint, cause: error });
  } finally {
    client.close();
  }
  return change(async (tx) => {
    const now = new Date();
    const data = { revokedAt: now, ...beginCertificate(now) };
    await tx.certificate.updateMany({ where: { id: row.id }, data });
    return {
      value: describeCertificate({ ...row, ...data }, now),
      audit: {
        subject: `certificate ${row.name}`,
        subjectId: row.id,
        detail: { serial: row.serial, reason: body.reason },
      },
    };
  });
};

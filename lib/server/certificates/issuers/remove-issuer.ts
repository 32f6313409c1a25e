import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { AppError, notFound } from '../../platform/errors/app-error';
import { issuerInclude } from './describe-issuer';

/** Removes an issuer with its keys; one that certificates still need stays. */
export const removeIssuer: Handler<typeof contract.issuers.remove> = ({ params, change }) =>
  change(async (tx) => {
    const row = await tx.issuer.findUnique({ where: { id: params.id }, include: issuerInclude });
    if (!row) throw notFound('issuer');
    const { certificates } = row._count;
    if (certificates > 0) {
      throw new AppError('conflict', `Sites still get ${certificates} certificates from ${row.name}.`, {
        hint: 'Choose another issuer or another certificate for these sites, and apply that first.',
      });
    }
    await tx.issuer.delete({ where: { id: row.id } });
    const secrets = [row.accountKeyId, ...(row.eabKeyId ? [row.eabKeyId] : [])];
    await tx.secret.deleteMany({ where: { id: { in: secrets } } });
    return { value: undefined, audit: { subject: `issuer ${row.name}`, subjectId: row.id } };
  });

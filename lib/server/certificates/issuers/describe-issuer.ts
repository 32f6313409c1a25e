import 'server-only';
import type { Issuer } from '#api/contract/certificates';
import type { Prisma } from '../../../generated/prisma/client';

export const issuerInclude = { _count: { select: { certificates: true } } } as const;

/** An issuer as people see it: nothing of its keys. */
export function describeIssuer(row: Prisma.IssuerGetPayload<{ include: typeof issuerInclude }>): Issuer {
  return {
    id: row.id,
    name: row.name,
    directoryUrl: row.directoryUrl,
    email: row.email,
    trust: row.caPem === null ? 'public' : 'private',
    termsUrl: row.termsUrl,
    termsAcceptedAt: row.termsAcceptedAt.toISOString(),
    eabKid: row.eabKid,
    accountUrl: row.accountUrl,
    profile: row.profile,
    certificates: row._count.certificates,
    createdAt: row.createdAt.toISOString(),
  };
}

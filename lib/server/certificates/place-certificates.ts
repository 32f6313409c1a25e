import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import type { Site } from '#core/site/schema';
import { acmeCertificates } from '#core/tls/acme-certificates';
import type { WriteDb } from '../platform/database/db';
import { nothingUnderWay } from './certificate-row';

interface Placed {
  readonly teamId: string;
  readonly siteId: string;
  readonly targetId: string;
  /** What runs there now; `null`: nothing. */
  readonly document: Site | null;
}

/**
 * Writes down which certificates a target has to serve for a site, once its revision runs there. New ones, and those whose policy has changed, are
 * obtained at once; what is no longer needed is forgotten.
 */
export async function placeCertificates(
  tx: WriteDb,
  { teamId, siteId, targetId, document }: Placed,
): Promise<void> {
  const policies = document ? acmeCertificates(document) : [];
  const names = policies.map(({ name }) => name);
  await tx.certificate.deleteMany({ where: { siteId, targetId, name: { notIn: names } } });
  for (const { name, issuer, hostnames, keyType, profile } of policies) {
    const known = await tx.certificate.findUnique({ where: { targetId_name: { targetId, name } } });
    const found = await tx.issuer.findUnique({ where: { teamId_name: { teamId, name: issuer } } });
    const policy = {
      issuerName: issuer,
      issuerId: found?.id ?? null,
      hostnames: [...hostnames],
      keyType,
      profile,
    };
    const due = { ...policy, ...nothingUnderWay, nextAt: new Date(), renewAt: new Date(), attempts: 0 };
    if (!known) {
      await tx.certificate.create({ data: { ...due, teamId, siteId, targetId, name } });
      continue;
    }
    const before = {
      issuerName: known.issuerName,
      issuerId: known.issuerId,
      hostnames: known.hostnames,
      keyType: known.keyType,
      profile: known.profile,
    };
    if (!isDeepStrictEqual(before, policy))
      await tx.certificate.update({ where: { id: known.id }, data: due });
  }
}

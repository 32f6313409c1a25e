import 'server-only';
import { z } from 'zod';
import type { Certificate } from '#api/contract/certificates';
import { lateness } from '#core/acme/renewal-window';
import { ServerKind } from '#core/web-server/render-target';
import { type CertificateRow, hostnamesOf } from './certificate-row';
import { Suggested } from './plan-renewal';

const Problem = z.object({ message: z.string(), hint: z.string() });
const iso = (at: Date | null) => at?.toISOString() ?? null;

/** A certificate as people see it. */
export function describeCertificate(
  row: Omit<CertificateRow, 'issuer' | 'answered'>,
  now: Date,
): Certificate {
  const problem = Problem.safeParse(row.problem).data;
  const { host } = row.target;
  return {
    id: row.id,
    name: row.name,
    site: { id: row.siteId, name: row.site.name },
    target: {
      id: row.targetId,
      server: ServerKind.parse(row.target.server),
      hostId: host.id,
      hostName: host.name,
    },
    issuer: row.issuerName,
    hostnames: hostnamesOf(row),
    keyType: row.keyType,
    profile: row.profile,
    status: statusOf(row, now),
    stage: row.stage,
    nextAt: iso(row.nextAt),
    serial: row.serial,
    notBefore: iso(row.notBefore),
    notAfter: iso(row.notAfter),
    renewAt: iso(row.renewAt),
    servedAt: iso(row.servedAt),
    problem: problem && row.problemAt ? { ...problem, at: row.problemAt.toISOString() } : null,
  };
}

/** Worst first: what people have to see comes before what goes on by itself. */
export const statusOrder: readonly Certificate['status'][] = [
  'expired',
  'serious',
  'late',
  'failing',
  'revoked',
  'waiting',
  'ordering',
  'valid',
];

/** What a status is judged by. */
export const judgedColumns = {
  serial: true,
  notBefore: true,
  notAfter: true,
  suggested: true,
  revokedAt: true,
  stage: true,
  problemAt: true,
} as const;

/** How a certificate is at a moment, by share of its own lifetime. */
export function statusOf(
  row: Pick<CertificateRow, keyof typeof judgedColumns>,
  now: Date,
): Certificate['status'] {
  const { serial, notBefore, notAfter, suggested, revokedAt, stage, problemAt } = row;
  if (serial === null || notBefore === null || notAfter === null)
    return problemAt ? 'failing' : stage === 'idle' ? 'waiting' : 'ordering';
  if (revokedAt) return 'revoked';
  const late = lateness({ notBefore, notAfter, suggested: Suggested.safeParse(suggested).data ?? null }, now);
  if (late !== 'in-time') return late;
  if (problemAt) return 'failing';
  return stage === 'idle' ? 'valid' : 'ordering';
}

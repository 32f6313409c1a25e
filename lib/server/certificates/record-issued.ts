import 'server-only';
import { writeAudit } from '../door/audit';
import { write } from '../platform/database/write';
import { type CertificateRow, hostnamesOf, nothingUnderWay } from './certificate-row';
import { planRenewal } from './plan-renewal';
import { readChain } from './read-chain';

/** The CA's wish about the time of renewal is asked for a little after issue. */
const firstAriMs = 60_000;

/** Writes down that the new certificate is the one that is served. `servedAt`: when it was seen from here, `null` where that cannot be. */
export async function recordIssued(row: CertificateRow, servedAt: Date | null): Promise<void> {
  const chain = row.nextChain ?? '';
  const { serial, notBefore, notAfter } = readChain(chain);
  const now = new Date();
  const renewAt = planRenewal({ id: row.id, serial, notBefore, notAfter, suggested: null });
  const isFirst = row.serial === null;
  await write(async (tx) => {
    const { count } = await tx.certificate.updateMany({
      where: { id: row.id },
      data: {
        ...nothingUnderWay,
        generation: row.nextGeneration,
        chain,
        serial,
        notBefore,
        notAfter,
        issuedAt: now,
        servedAt,
        renewAt,
        suggested: {},
        revokedAt: null,
        attempts: 0,
        problem: {},
        problemAt: null,
        nextAt: new Date(Math.min(renewAt.getTime(), now.getTime() + firstAriMs)),
      },
    });
    if (count === 0) return;
    await writeAudit(tx, {
      event: isFirst ? 'certificate.issued' : 'certificate.renewed',
      teamIds: [row.teamId],
      actorId: null,
      actorLabel: 'dashboard',
      address: 'dashboard',
      requestId: row.switchId ?? row.id,
      subject: `certificate ${row.name}`,
      subjectId: row.id,
      detail: {
        site: row.site.name,
        host: row.target.host.name,
        server: row.target.server,
        issuer: row.issuerName,
        hostnames: hostnamesOf(row),
        serial,
        notAfter: notAfter.toISOString(),
        seenFromDashboard: servedAt !== null,
      },
    });
  });
}

import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { AppError, notFound } from '../platform/errors/app-error';
import { beginCertificate } from './begin-certificate';
import { loadCertificate } from './certificate-row';
import { describeCertificate } from './describe-certificate';

/** Begins a new certificate with a new key now, whatever time is left; one that is on its way already goes on. */
export const renewCertificate: Handler<typeof contract.certificates.renew> = ({ params, change }) =>
  change(async (tx) => {
    const row = await loadCertificate(tx, params.id);
    if (!row) throw notFound('certificate');
    if (!row.issuer) {
      throw new AppError('conflict', `There is no issuer ${row.issuerName} in this team.`, {
        hint: 'Add it in Settings → Issuers; the certificate is then obtained automatically.',
      });
    }
    const now = new Date();
    // What waits for the next try is tried now; the CA's own limits still hold.
    const data = row.stage === 'idle' ? beginCertificate(now) : { nextAt: now };
    await tx.certificate.update({ where: { id: row.id }, data });
    const audit = {
      subject: `certificate ${row.name}`,
      subjectId: row.id,
      detail: { host: row.target.host.name },
    };
    return { value: describeCertificate({ ...row, ...data }, now), audit };
  });

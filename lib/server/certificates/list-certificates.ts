import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { describeCertificate, statusOrder } from './describe-certificate';

/** The team's certificates: those that need attention first, then by when they end. */
export const listCertificates: Handler<typeof contract.certificates.list> = async ({ db }) => {
  const rows = await db.certificate.findMany({
    include: { site: true, target: { include: { host: true } } },
    orderBy: [{ notAfter: 'asc' }, { name: 'asc' }],
  });
  const now = new Date();
  const items = rows.map((row) => describeCertificate(row, now));
  return { items: items.sort((a, b) => statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status)) };
};

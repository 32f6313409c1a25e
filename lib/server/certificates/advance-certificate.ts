import 'server-only';
import { db } from '../platform/database/db';
import { beginCertificate } from './begin-certificate';
import { type CertificateRow, CertificateStage, loadCertificate, saveCertificate } from './certificate-row';
import { makeKey, putChain, serveChain } from './host-stages';
import { makeOrder, proveNames, takeChain } from './order-stages';
import { recordFailure } from './record-failure';
import { refreshWindow } from './refresh-window';

/** Each stage writes down what follows before it returns, so that a process that dies anywhere takes up what was written. */
const stages: Readonly<
  Record<CertificateStage, (row: CertificateRow, signal: AbortSignal) => Promise<void>>
> = {
  idle: lookAtIdle,
  key: makeKey,
  order: makeOrder,
  challenge: proveNames,
  finalize: takeChain,
  install: putChain,
  switch: serveChain,
};

/** Takes one step of a certificate that is due. False when there is nothing to do now. Never throws. */
export async function advanceCertificate(id: string, signal: AbortSignal): Promise<boolean> {
  const row = await loadCertificate(db(), id);
  if (!row || row.nextAt === null || row.nextAt > new Date() || signal.aborted) return false;
  try {
    await stages[CertificateStage.parse(row.stage)](row, signal);
  } catch (error) {
    // Told to stop: the next start goes on with what is written.
    if (signal.aborted) return false;
    await recordFailure(row, error);
  }
  return true;
}

async function lookAtIdle(row: CertificateRow, signal: AbortSignal): Promise<void> {
  if (!row.issuer) {
    const problem = {
      message: `There is no issuer ${row.issuerName} in this team.`,
      hint: 'Add it in Settings → Issuers; the certificate is then obtained automatically.',
    };
    return saveCertificate(row.id, { nextAt: null, problem, problemAt: new Date() });
  }
  if (row.serial === null || (row.renewAt !== null && row.renewAt <= new Date()))
    return saveCertificate(row.id, beginCertificate(new Date()));
  return refreshWindow(row, signal);
}

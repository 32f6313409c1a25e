import 'server-only';
import { AcmeError } from './acme/acme-error';
import { type CertificateRow, saveCertificate } from './certificate-row';
import { issuerClient } from './issuer-client';
import { planRenewal } from './plan-renewal';
import { readChain } from './read-chain';

/** How often the CA's wish is asked for where it names no time (RFC 9773, section 4.3). */
const usualMs = 6 * 3_600_000;

/** Asks the CA when it wants the certificate to be renewed, and plans that. A CA that does not say, or cannot be asked, changes nothing. */
export async function refreshWindow(row: CertificateRow, signal: AbortSignal): Promise<void> {
  const { id, serial, notBefore, notAfter, chain, issuer } = row;
  if (!issuer || serial === null || notBefore === null || notAfter === null || chain === null) return;
  const told = await askWindow(row, readChain(chain).id, signal);
  const suggested = told ? { start: told.start, end: told.end } : (row.suggested ?? {});
  const renewAt = planRenewal({ id, serial, notBefore, notAfter, suggested });
  const askAgain = told?.retryAt ?? new Date(Date.now() + usualMs);
  await saveCertificate(id, {
    suggested,
    renewAt,
    nextAt: new Date(Math.min(renewAt.getTime(), askAgain.getTime())),
  });
}

async function askWindow({ issuer }: CertificateRow, certificateId: string | null, signal: AbortSignal) {
  if (!issuer || certificateId === null) return null;
  const client = issuerClient(issuer, signal);
  try {
    const told = await client.renewalInfo(certificateId);
    return told ? { ...told.value.suggestedWindow, retryAt: told.retryAt } : null;
  } catch (error) {
    if (error instanceof AcmeError) return null;
    throw error;
  } finally {
    client.close();
  }
}

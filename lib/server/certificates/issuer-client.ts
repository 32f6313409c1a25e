import 'server-only';
import { write } from '../platform/database/write';
import { openSecret } from '../platform/secrets/open-secret';
import { AcmeClient } from './acme/acme-client';
import { accountKey } from './acme/jws';
import type { CertificateRow } from './certificate-row';

type IssuerRow = NonNullable<CertificateRow['issuer']>;

/** Speaks to the CA of an issuer, as its account. To be closed. */
export function issuerClient(issuer: IssuerRow, signal: AbortSignal): AcmeClient {
  const { directoryUrl, caPem, accountUrl } = issuer;
  return new AcmeClient(
    { directoryUrl, caPem, accountUrl, key: accountKey(openSecret(issuer.accountKey)) },
    { signal },
  );
}

/** Sees to it that there is an account: a CA may forget one. */
export async function ensureAccount(client: AcmeClient, issuer: IssuerRow): Promise<void> {
  if (client.accountUrl !== null) return;
  const eab =
    issuer.eabKid && issuer.eabKey ? { kid: issuer.eabKid, hmacKey: openSecret(issuer.eabKey) } : null;
  const accountUrl = await client.newAccount({ email: issuer.email || null, eab });
  await write((tx) => tx.issuer.updateMany({ where: { id: issuer.id }, data: { accountUrl } }));
}

/** The CA does not know the account: the next try makes one. */
export const forgetAccount = (issuerId: string) =>
  write((tx) => tx.issuer.updateMany({ where: { id: issuerId }, data: { accountUrl: null } }));

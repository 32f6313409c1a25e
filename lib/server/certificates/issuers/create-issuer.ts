import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { sealSecret } from '../../platform/secrets/seal-secret';
import { AcmeClient } from '../acme/acme-client';
import { AcmeError } from '../acme/acme-error';
import { accountKey, newAccountKey } from '../acme/jws';
import { describeIssuer, issuerInclude } from './describe-issuer';

/** Makes an account at the CA and keeps it. Nothing is kept of a CA that does not answer, is not trusted, or makes no account. */
export const createIssuer: Handler<typeof contract.issuers.create> = async ({
  body,
  team,
  actor,
  db,
  change,
  signal,
}) => {
  const { name, directoryUrl, email, caPem, eab, profile } = body;
  if (await db.issuer.findFirst({ where: { name } })) {
    throw new AppError('conflict', `There is an issuer ${name} already.`, { hint: 'Choose another name.' });
  }
  const key = newAccountKey();
  const account = { directoryUrl, caPem, key: accountKey(key), accountUrl: null };
  const client = new AcmeClient(account, { signal });
  const made = await openAccount(client, { email: email || null, eab, profile }).finally(() =>
    client.close(),
  );
  return change(async (tx) => {
    const accountKeyId = await sealSecret(tx, { teamId: team.id, purpose: 'acme-account-key', value: key });
    const eabKeyId = eab
      ? await sealSecret(tx, { teamId: team.id, purpose: 'acme-eab-key', value: eab.hmacKey })
      : null;
    const row = await tx.issuer.create({
      data: {
        teamId: team.id,
        name,
        directoryUrl,
        email,
        caPem,
        profile,
        eabKid: eab?.kid ?? null,
        eabKeyId,
        accountKeyId,
        accountUrl: made.accountUrl,
        termsUrl: made.termsUrl,
        termsAcceptedById: actor.id,
        termsAcceptedAt: new Date(),
      },
      include: issuerInclude,
    });
    // Certificates that wait for an issuer of this name.
    await tx.certificate.updateMany({
      where: { teamId: team.id, issuerName: name, issuerId: null },
      data: { issuerId: row.id, nextAt: new Date() },
    });
    const detail = { directory: directoryUrl, terms: made.termsUrl, externalAccount: eab !== null };
    return { value: describeIssuer(row), audit: { subject: `issuer ${name}`, subjectId: row.id, detail } };
  });
};

async function openAccount(
  client: AcmeClient,
  asked: Parameters<AcmeClient['newAccount']>[0] & { readonly profile: string | null },
) {
  try {
    const { meta } = await client.directory();
    if (meta.externalAccountRequired && asked.eab === null) throw bindingNeeded();
    if (asked.profile !== null && !(asked.profile in (meta.profiles ?? {}))) throw noProfile(meta.profiles);
    const accountUrl = await client.newAccount(asked);
    return { accountUrl, termsUrl: meta.termsOfService ?? '' };
  } catch (error) {
    if (!(error instanceof AcmeError)) throw error;
    throw new AppError('conflict', error.message, { hint: error.hint, cause: error });
  }
}

const bindingNeeded = () =>
  new AppError('conflict', 'The CA wants an external account binding.', {
    hint: 'Get a key id and an HMAC key from the CA, and give both.',
  });

const noProfile = (profiles: Readonly<Record<string, string>> = {}) => {
  const names = Object.keys(profiles).slice(0, 20).join(', ');
  return new AppError('conflict', 'The CA does not offer this profile.', {
    hint: names ? `It offers: ${names}.` : 'It offers none: leave the profile out.',
  });
};

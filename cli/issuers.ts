import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { contract } from '#api/contract/index';
import { type ApiOptions, apiCommand, connect, settingsHelp } from './api/connection';
import { printList } from './api/table';
import { when } from './api/terminal';
import { CommandError, exitCode } from './exit-code';
import { readPrivateFile } from './read-private-file';

async function listIssuers(options: ApiOptions): Promise<void> {
  const { call, team } = await connect(options);
  const { items } = await call(contract.issuers.list, { params: { team } });
  printList(
    items,
    options.json,
    'No issuers.',
    ['NAME', 'DIRECTORY', 'CERTIFICATES', 'TERMS ACCEPTED'],
    (issuer) => [issuer.name, issuer.directoryUrl, String(issuer.certificates), when(issuer.termsAcceptedAt)],
  );
}

interface CreateOptions extends ApiOptions {
  readonly directory: string;
  readonly email?: string;
  readonly agreeTerms?: boolean;
  readonly caFile?: string;
  readonly eabKid?: string;
  readonly eabHmacFile?: string;
  readonly profile?: string;
}

/** A root certificate is no secret. */
function readCertificate(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandError(`${path} cannot be read: ${(error as Error).message}`, exitCode.usage);
  }
}

async function createIssuer(name: string, options: CreateOptions): Promise<void> {
  const { directory, email, agreeTerms, caFile, eabKid, eabHmacFile, profile } = options;
  if (!agreeTerms) {
    throw new CommandError(
      'A CA creates an account only for people who accept its terms. Read them, then add --agree-terms.',
      exitCode.usage,
    );
  }
  if ((eabKid === undefined) !== (eabHmacFile === undefined))
    throw new CommandError('--eab-kid and --eab-hmac-file go together.', exitCode.usage);
  const { call, team } = await connect(options);
  const issuer = await call(contract.issuers.create, {
    params: { team },
    body: {
      name,
      directoryUrl: directory,
      email: email ?? '',
      agreeTerms: true,
      caPem: caFile === undefined ? null : readCertificate(caFile),
      eab:
        eabKid === undefined || eabHmacFile === undefined
          ? null
          : { kid: eabKid, hmacKey: readPrivateFile(eabHmacFile).trim() },
      profile: profile ?? null,
    },
  });
  if (options.json) console.log(JSON.stringify(issuer, null, 2));
  else {
    console.log(`${issuer.name}: account ${issuer.accountUrl ?? ''}`);
    if (issuer.termsUrl) console.log(`Terms accepted: ${issuer.termsUrl}`);
    console.log(`In a site: tls: { mode: acme, issuer: ${issuer.name} }`);
  }
}

async function removeIssuer(name: string, options: ApiOptions): Promise<void> {
  const { call, team } = await connect(options);
  const { items } = await call(contract.issuers.list, { params: { team } });
  const found = items.find((issuer) => issuer.name === name || issuer.id === name);
  if (!found)
    throw new CommandError(`There is no issuer ${name}. gatehouse issuers list lists the existing ones.`);
  await call(contract.issuers.remove, { params: { team, id: found.id } });
  console.log(`${found.name}: removed`);
}

/** `gatehouse issuers …`: CAs that certificates are obtained from, over the network. */
export const issuersCommand = (): Command => {
  const command = new Command('issuers')
    .description('list, add and remove issuers of certificates (ACME)')
    .addHelpText(
      'after',
      `
Examples:
  gatehouse issuers create letsencrypt --directory https://acme-v02.api.letsencrypt.org/directory --email ada@example.com --agree-terms
  gatehouse issuers create staging --directory https://acme-staging-v02.api.letsencrypt.org/directory --agree-terms
  gatehouse issuers create internal --directory https://ca.internal/acme/acme/directory --ca-file root.pem --agree-terms
  gatehouse issuers list`,
    );
  command.addCommand(
    apiCommand('list')
      .description('list the team’s issuers')
      .addHelpText('after', `${settingsHelp}\n\nExample:\n  gatehouse issuers list --json`)
      .action(listIssuers),
    { isDefault: true },
  );
  command.addCommand(
    apiCommand('create')
      .description('create an account at a CA')
      .argument('<name>', 'what sites call it: lower-case letters, digits and hyphens')
      .requiredOption('--directory <url>', 'https:// address of the CA’s ACME directory')
      .option('--email <address>', 'address for notices from the CA')
      .option('--agree-terms', 'you have read the CA’s terms and accept them')
      .option('--ca-file <file>', 'root certificate (PEM) of a private CA')
      .option('--eab-kid <id>', 'key id of an external account binding')
      .option('--eab-hmac-file <file>', 'file that holds its HMAC key')
      .option('--profile <name>', 'profile for sites that do not name one')
      .addHelpText(
        'after',
        `${settingsHelp}\n\nExample:\n  gatehouse issuers create letsencrypt --directory https://acme-v02.api.letsencrypt.org/directory --email ada@example.com --agree-terms`,
      )
      .action(createIssuer),
  );
  command.addCommand(
    apiCommand('remove')
      .description('remove an issuer that no certificate needs')
      .argument('<name>', 'name or id')
      .addHelpText('after', `${settingsHelp}\n\nExample:\n  gatehouse issuers remove staging`)
      .action(removeIssuer),
  );
  return command;
};

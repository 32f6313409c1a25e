import { Command, Option } from 'commander';
import type { Certificate } from '#api/contract/certificates';
import { contract } from '#api/contract/index';
import { type ApiOptions, apiCommand, type Connection, connect, settingsHelp } from './api/connection';
import { printList } from './api/table';
import { oneLine, paint, when } from './api/terminal';
import { CommandError } from './exit-code';

async function listCertificates(options: ApiOptions): Promise<void> {
  const { call, team } = await connect(options);
  const { items } = await call(contract.certificates.list, { params: { team } });
  printList(
    items,
    options.json,
    'No certificates: a site with tls: { mode: acme, issuer: NAME } gets one when it is applied.',
    ['NAME', 'HOST', 'ISSUER', 'STATUS', 'ENDS', 'RENEWED', 'HOST NAMES'],
    (certificate) => [
      certificate.name,
      `${certificate.target.hostName} ${certificate.target.server}`,
      certificate.issuer,
      certificate.status,
      when(certificate.notAfter),
      when(certificate.renewAt),
      certificate.hostnames.join(' '),
    ],
  );
  if (options.json) return;
  for (const { name, target, problem } of items) {
    if (!problem) continue;
    console.log(`\n${paint('red', `${name} on ${target.hostName}`)}: ${oneLine(problem.message)}`);
    console.log(`  ${oneLine(problem.hint)}`);
  }
}

/** All of that name: a site on several hosts has one on each. */
async function named({ call, team }: Connection, name: string): Promise<Certificate[]> {
  const { items } = await call(contract.certificates.list, { params: { team } });
  const found = items.filter((each) => each.name === name || each.id === name);
  if (found.length > 0) return found;
  throw new CommandError(`There is no certificate ${name}. gatehouse certificates lists the existing ones.`);
}

async function renew(name: string, options: ApiOptions): Promise<void> {
  const connection = await connect(options);
  for (const { id, target } of await named(connection, name)) {
    await connection.call(contract.certificates.renew, { params: { team: connection.team, id } });
    console.log(
      `${name} on ${target.hostName}: a new one is being obtained; gatehouse certificates shows how it goes`,
    );
  }
}

type Reason = 'unspecified' | 'key-compromise' | 'superseded' | 'cessation';

async function revoke(
  name: string,
  { reason, ...options }: ApiOptions & { readonly reason: Reason },
): Promise<void> {
  const connection = await connect(options);
  for (const { id, target, serial } of await named(connection, name)) {
    if (serial === null) continue;
    const params = { team: connection.team, id };
    await connection.call(contract.certificates.revoke, { params, body: { reason } });
    console.log(`${name} on ${target.hostName}: ${serial} is revoked, and another one is being obtained`);
  }
}

/** `gatehouse certificates …`: what the dashboard obtains and renews, over the network. */
export const certificatesCommand = (): Command => {
  const command = new Command('certificates').description('list, renew and revoke certificates').addHelpText(
    'after',
    `
Examples:
  gatehouse certificates
  gatehouse certificates --json
  gatehouse certificates renew jenkins
  gatehouse certificates revoke jenkins --reason key-compromise`,
  );
  const one = (name: string, description: string, example: string) =>
    apiCommand(name)
      .description(description)
      .argument('<name>', 'name or id')
      .addHelpText('after', `${settingsHelp}\n\nExample:\n  ${example}`);
  command.addCommand(
    apiCommand('list')
      .description('list the team’s certificates, those that need attention first')
      .addHelpText('after', `${settingsHelp}\n\nExample:\n  gatehouse certificates list --json`)
      .action(listCertificates),
    { isDefault: true },
  );
  command.addCommand(
    one(
      'renew',
      'obtain a new certificate with a new key now',
      'gatehouse certificates renew jenkins',
    ).action(renew),
  );
  command.addCommand(
    one(
      'revoke',
      'have the CA revoke what is served; another one is obtained at once',
      'gatehouse certificates revoke jenkins --reason key-compromise',
    )
      .addOption(
        new Option('--reason <reason>', 'why')
          .choices(['unspecified', 'key-compromise', 'superseded', 'cessation'])
          .default('unspecified'),
      )
      .action(revoke),
  );
  return command;
};

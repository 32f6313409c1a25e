import { Command } from 'commander';
import type { HostInventory } from '#api/contract/host-inventory';
import type { HostSummary } from '#api/contract/host-lists';
import type { Host } from '#api/contract/hosts';
import { contract } from '#api/contract/index';
import { allPages } from './api/all-pages';
import { type ApiOptions, apiCommand, connect, settingsHelp } from './api/connection';
import { findHosts } from './api/find-hosts';
import { printList, table } from './api/table';
import { oneLine, paint, when } from './api/terminal';
import { exitCode } from './exit-code';
import { upgradeCommand } from './upgrade-hosts';

const serversOf = ({ targets }: Pick<HostSummary | Host, 'targets'>) =>
  targets.map(({ server, version }) => (version ? `${server} ${version}` : server)).join(', ');

interface ListOptions extends ApiOptions {
  readonly search?: string;
}

async function listHosts({ search, ...options }: ListOptions): Promise<void> {
  const { call, team } = await connect(options);
  const filter = { ...(search ? { search } : {}), limit: 500 };
  const items = await allPages((cursor) =>
    call(contract.hosts.list, { params: { team }, query: { ...filter, ...(cursor ? { cursor } : {}) } }),
  );
  printList(
    items,
    options.json,
    'No hosts.',
    ['NAME', 'ADDRESS', 'STATUS', 'WEB SERVERS', 'SITES', 'LAST SEEN'],
    (host) => [
      host.name,
      host.transport === 'local' ? 'this machine' : `${host.user}@${host.address}:${host.port}`,
      host.status,
      serversOf(host),
      String(host.targets.reduce((sum, { sites }) => sum + sites, 0)),
      when(host.lastSeenAt),
    ],
  );
}

function printChecks(host: Host): void {
  console.log(`${host.name}: ${host.status}, ${serversOf(host) || 'no web server known'}`);
  if (host.checks.length === 0) return;
  console.log(
    table(
      ['CHECK', 'STATUS', 'RESULT'],
      host.checks.map(({ id, status, message }) => [id, status, message]),
    ),
  );
  for (const { id, status, fix, commands } of host.checks) {
    if (status !== 'failed' || !fix) continue;
    console.log(`\n${paint('red', id)}: ${oneLine(fix)}`);
    for (const line of commands) console.log(`  ${oneLine(line)}`);
  }
}

async function checkHost(name: string, options: ApiOptions): Promise<void> {
  const connection = await connect(options);
  const [found] = await findHosts(connection, [name]);
  const params = { team: connection.team, id: found?.id ?? name };
  const host = await connection.call(contract.hosts.check, { params });
  if (options.json) console.log(JSON.stringify(host, null, 2));
  else printChecks(host);
  if (host.checks.some(({ status }) => status === 'failed')) process.exitCode = exitCode.refused;
}

async function showHost(name: string, options: ApiOptions): Promise<void> {
  const connection = await connect(options);
  const [found] = await findHosts(connection, [name]);
  const params = { team: connection.team, id: found?.id ?? name };
  const [host, { servers }] = await Promise.all([
    connection.call(contract.hosts.get, { params }),
    connection.call(contract.hosts.inventory, { params }),
  ]);
  if (options.json) console.log(JSON.stringify({ ...host, inventory: servers }, null, 2));
  else {
    printChecks(host);
    for (const each of servers) printInventory(each);
  }
}

function printInventory({ server, readAt, error, inventory }: HostInventory['servers'][number]): void {
  if (inventory === null) {
    console.log(
      `\n${server}: what it serves ${error ? `could not be read, because ${oneLine(error)}` : 'was not looked at yet'}`,
    );
    return;
  }
  const others = inventory.blocks.filter(({ managed }) => !managed).length;
  console.log(
    `\n${server}: ${inventory.blocks.length} blocks, ${others} of them not from Gatehouse, read ${when(readAt)}`,
  );
  console.log(
    table(
      ['NAMES', 'LISTENS ON', 'PLACE', 'BY'],
      inventory.blocks.map(({ names, listens, file, line, managed }) => [
        names.filter(Boolean).join(' ') || '(any)',
        listens.map(({ address, port, tls }) => `${address}:${port || '*'}${tls ? ' tls' : ''}`).join(' '),
        `${file}:${line}`,
        managed ? 'gatehouse' : 'others',
      ]),
    ),
  );
  for (const { path, line, message } of inventory.gaps)
    console.log(
      `${paint('yellow', 'not read')}: ${oneLine(`${path}${line === null ? '' : `:${line}`} ${message}`)}`,
    );
}

/** `gatehouse hosts …`: the machines, over the network. */
export const hostsCommand = (): Command => {
  const command = new Command('hosts')
    .description('list, show and check hosts, and bring their helpers up to date')
    .addHelpText(
      'after',
      `
Examples:
  gatehouse hosts list
  gatehouse hosts check web1
  gatehouse hosts upgrade`,
    );
  const one = (name: string, description: string, example: string) =>
    apiCommand(name)
      .description(description)
      .argument('<host>', 'name or id')
      .addHelpText('after', `${settingsHelp}\n\nExample:\n  ${example}`);
  command.addCommand(
    apiCommand('list')
      .description('list the team’s hosts')
      .option('--search <text>', 'only those with this in their name or address')
      .addHelpText('after', `${settingsHelp}\n\nExample:\n  gatehouse hosts list --json`)
      .action(listHosts),
    { isDefault: true },
  );
  command.addCommand(
    one(
      'show',
      'print a host with its last check list and what its web servers serve',
      'gatehouse hosts show web1',
    ).action(showHost),
  );
  command.addCommand(
    one(
      'check',
      'run the check list on a host now; 1 when something fails',
      'gatehouse hosts check web1',
    ).action(checkHost),
  );
  command.addCommand(upgradeCommand());
  return command;
};

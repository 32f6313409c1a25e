import { contract } from '#api/contract/index';
import type { AnswerOf } from '#api/operation';
import { type ApiOptions, apiCommand, type Connection, connect, settingsHelp } from './api/connection';
import { findHosts } from './api/find-hosts';
import { table } from './api/table';
import { oneLine, when } from './api/terminal';
import { exitCode } from './exit-code';

interface UpgradeOptions extends ApiOptions {
  readonly check?: boolean;
  readonly script?: boolean;
}
type Helpers = AnswerOf<typeof contract.hosts.helpers>['items'];

const words = {
  current: 'up to date',
  outdated: 'older than the dashboard',
  unknown: 'not known: check the host',
} as const;

/** The locked-down hosts that were named, or all of them. */
async function chosen(connection: Connection, names: readonly string[]): Promise<Helpers> {
  const { call, team } = connection;
  const ids = new Set((await findHosts(connection, names)).map(({ id }) => id));
  const { items } = await call(contract.hosts.helpers, { params: { team } });
  return items.filter(({ id }) => names.length === 0 || ids.has(id));
}

async function upgradeHosts(names: readonly string[], options: UpgradeOptions): Promise<void> {
  const connection = await connect(options);
  const { call, team } = connection;
  if (options.script) {
    process.stdout.write((await call(contract.hosts.upgrade, { params: { team } })).script);
    return;
  }
  if (options.check)
    for (const { id } of await chosen(connection, names))
      await call(contract.hosts.check, { params: { team, id } });
  const hosts = await chosen(connection, names);
  const behind = hosts.filter(({ helper }) => helper !== 'current');
  if (behind.length > 0) process.exitCode = exitCode.refused;
  if (options.json) console.log(JSON.stringify({ items: hosts, total: hosts.length }, null, 2));
  else if (hosts.length === 0)
    console.error('None of these hosts has a locked-down key; the others get the helper with each look.');
  else print(hosts, behind);
}

function print(hosts: Helpers, behind: Helpers): void {
  console.log(
    table(
      ['NAME', 'ADDRESS', 'LAST SEEN', 'HELPER'],
      hosts.map(({ name, address, port, lastSeenAt, helper }) => [
        name,
        `${address}:${port}`,
        when(lastSeenAt),
        words[helper],
      ]),
    ),
  );
  if (behind.length === 0) return;
  console.log(`
The dashboard's key cannot do this: it takes root on each host. Read the script, then run it with an account of your own:
  gatehouse hosts upgrade --script >gatehouse-upgrade.sh`);
  for (const { address, port } of behind)
    console.log(oneLine(`  ssh -p ${port} root@${address} sh <gatehouse-upgrade.sh`));
  console.log('\nThen look again:\n  gatehouse hosts upgrade --check');
}

/** `gatehouse hosts upgrade`: which helpers are older than the dashboard, and how root brings them up to date. */
export const upgradeCommand = () =>
  apiCommand('upgrade')
    .description('list helpers of locked-down hosts that are older than the dashboard; 1 while there are any')
    .argument('[host...]', 'names or ids; all by default')
    .option('--script', 'print the script that root runs on each of them, and nothing else')
    .option('--check', 'look at the hosts first')
    .addHelpText(
      'after',
      `${settingsHelp}

Examples:
  gatehouse hosts upgrade --check
  gatehouse hosts upgrade --script >gatehouse-upgrade.sh
  for host in web1 web2; do ssh root@$host sh <gatehouse-upgrade.sh; done`,
    )
    .action(upgradeHosts);

import { Command, Option } from 'commander';
import { stringify } from 'yaml';
import { contract } from '#api/contract/index';
import { SyncStatus } from '#api/contract/sites';
import { allPages } from './api/all-pages';
import { type ApiOptions, apiCommand, connect, settingsHelp } from './api/connection';
import { findSites } from './api/find-sites';
import { printList } from './api/table';
import { when } from './api/terminal';

interface ListOptions extends ApiOptions {
  readonly search?: string;
  readonly sync?: SyncStatus;
}

async function listSites({ search, sync, ...options }: ListOptions): Promise<void> {
  const { call, team } = await connect(options);
  const filter = { ...(search ? { search } : {}), ...(sync ? { sync } : {}), limit: 500 };
  const items = await allPages((cursor) =>
    call(contract.sites.list, { params: { team }, query: { ...filter, ...(cursor ? { cursor } : {}) } }),
  );
  printList(
    items,
    options.json,
    'No sites.',
    ['NAME', 'PUBLIC URL', 'REVISION', 'SYNC', 'HEALTH', 'HOSTS', 'UPDATED'],
    (site) => [
      site.name,
      site.publicUrl,
      String(site.head),
      site.sync,
      site.health,
      site.targets.map(({ hostName }) => hostName).join(', '),
      when(site.updatedAt),
    ],
  );
}

async function showSite(name: string, options: ApiOptions): Promise<void> {
  const connection = await connect(options);
  const [found] = await findSites(connection, [name]);
  const params = { team: connection.team, id: found?.id ?? name };
  const site = await connection.call(contract.sites.get, { params });
  console.log(options.json ? JSON.stringify(site, null, 2) : stringify(site.document).trimEnd());
}

/** `gatehouse sites …`: what the team has, over the network. */
export const sitesCommand = (): Command => {
  const command = new Command('sites').description('list and show sites').addHelpText(
    'after',
    `
Examples:
  gatehouse sites list --sync out-of-sync
  gatehouse sites show buildbot > buildbot.yaml`,
  );
  command.addCommand(
    apiCommand('list')
      .description('list the team’s sites')
      .option('--search <text>', 'only those with this in a name')
      .addOption(new Option('--sync <state>', 'only those in this state').choices(SyncStatus.options))
      .addHelpText(
        'after',
        `${settingsHelp}\n\nExample:\n  gatehouse sites list --json | jq -r '.items[].name'`,
      )
      .action(listSites),
    { isDefault: true },
  );
  command.addCommand(
    apiCommand('show')
      .description('print a site’s document as YAML; with --json everything that is known of it')
      .argument('<site>', 'name or id')
      .addHelpText('after', `${settingsHelp}\n\nExample:\n  gatehouse sites show buildbot`)
      .action(showSite),
  );
  return command;
};

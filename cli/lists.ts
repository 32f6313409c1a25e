import { Command } from 'commander';
import { contract } from '#api/contract/index';
import { type ApiOptions, apiCommand, connect, settingsHelp } from './api/connection';
import { findList } from './api/find-list';
import { allSites } from './api/find-sites';
import { printList } from './api/table';
import { when } from './api/terminal';

async function showLists(options: ApiOptions): Promise<void> {
  const { call, team } = await connect(options);
  const { items } = await call(contract.lists.list, { params: { team } });
  printList(
    items,
    options.json,
    'No lists.',
    ['NAME', 'SITES', 'MADE', 'DESCRIPTION'],
    ({ name, sites, createdAt, description }) => [name, String(sites), when(createdAt), description],
  );
}

async function showList(name: string, options: ApiOptions): Promise<void> {
  const connection = await connect(options);
  const { id } = await findList(connection, name);
  printList(
    await allSites(connection, { listId: id }),
    options.json,
    'No site is on this list.',
    ['NAME', 'PUBLIC URL', 'REVISION', 'SYNC', 'HEALTH'],
    (site) => [site.name, site.publicUrl, String(site.head), site.sync, site.health],
  );
}

/** `gatehouse lists …`: named collections of sites. */
export const listsCommand = (): Command => {
  const command = new Command('lists').description('list and show site lists').addHelpText(
    'after',
    `
Examples:
  gatehouse lists
  gatehouse lists show production`,
  );
  command.addCommand(
    apiCommand('list')
      .description('list the team’s lists')
      .addHelpText('after', `${settingsHelp}\n\nExample:\n  gatehouse lists list --json`)
      .action(showLists),
    { isDefault: true },
  );
  command.addCommand(
    apiCommand('show')
      .description('list the sites of a list')
      .argument('<list>', 'name or id')
      .addHelpText('after', `${settingsHelp}\n\nExample:\n  gatehouse lists show production`)
      .action(showList),
  );
  return command;
};

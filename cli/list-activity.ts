import { type Command, InvalidArgumentError } from 'commander';
import { contract } from '#api/contract/index';
import { allPages } from './api/all-pages';
import { type ApiOptions, apiCommand, connect, settingsHelp } from './api/connection';
import { printList } from './api/table';
import { when } from './api/terminal';

interface Options extends ApiOptions {
  readonly limit: number;
  readonly event?: string;
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 100_000) return limit;
  throw new InvalidArgumentError('It must be a number from 1 to 100000.');
}

async function listActivity({ limit, event, ...options }: Options): Promise<void> {
  const { call, team } = await connect(options);
  const query = { limit: Math.min(limit, 500), ...(event ? { event } : {}) };
  const items = await allPages(
    (cursor) =>
      call(contract.activity.list, { params: { team }, query: { ...query, ...(cursor ? { cursor } : {}) } }),
    limit,
  );
  printList(
    items,
    options.json,
    'Nothing happened yet.',
    ['TIME', 'WHO', 'EVENT', 'WHAT', 'FROM'],
    ({ at, actor, event, subject, address }) => [when(at), actor, event, subject, address],
  );
}

/** `gatehouse activity list`: who did what, over the network. */
export const listActivityCommand = (): Command =>
  apiCommand('list')
    .description('list who did what, newest first')
    .option('--limit <rows>', 'at most so many rows', readLimit, 50)
    .option('--event <name>', 'only these, such as apply or site.updated')
    .addHelpText(
      'after',
      `${settingsHelp}

Examples:
  gatehouse activity list --limit 20
  gatehouse activity list --event apply --limit 1000 --json > applies.json`,
    )
    .action(listActivity);

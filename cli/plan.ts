import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { contract } from '#api/contract/index';
import { type ApiOptions, apiCommand, connect, settingsHelp } from './api/connection';
import { findHosts } from './api/find-hosts';
import { findList } from './api/find-list';
import { allSites, findSites } from './api/find-sites';
import { folderSites, isPath } from './api/folder-sites';
import { planMarkdown } from './api/plan-markdown';
import { issueLine, issuesOf, planSummary, printPlan } from './api/print-plan';
import { CommandError, exitCode } from './exit-code';

interface Options extends ApiOptions {
  readonly all?: boolean;
  readonly list?: string;
  readonly host?: readonly string[];
  readonly overruleHolds?: boolean;
  readonly takeOver?: readonly string[];
  readonly idFile?: string;
  readonly format: 'text' | 'markdown' | 'json';
  readonly detailedExitcode?: boolean;
}

const targetsOf = ({ targets }: { targets: readonly { targetId: string }[] }) =>
  targets.map(({ targetId }) => targetId);

/** A block is named by its file and line; where a host has no such rival, nothing is taken over there. */
function onEach(blocks: readonly string[], targetIds: readonly string[]) {
  const bad = blocks.find((block) => !/^\/.*:\d+$/.test(block));
  if (bad !== undefined)
    throw new CommandError(`${bad} is not FILE:LINE, as a plan names a block.`, exitCode.usage);
  return [...new Set(targetIds)].flatMap((targetId) => blocks.map((id) => ({ targetId, id })));
}

async function makePlan(names: readonly string[], given: Options): Promise<void> {
  const { all, list, host, overruleHolds, takeOver, idFile, detailedExitcode, ...options } = given;
  const format = options.json ? 'json' : options.format;
  if ([names.length > 0, all, list !== undefined].filter(Boolean).length !== 1) {
    throw new CommandError(
      'Name the sites to plan or the folder of their files, or give --all or --list.',
      exitCode.usage,
    );
  }
  const connection = await connect(options);
  const { call, team, url } = connection;
  const paths = names.filter(isPath);
  const folder = paths.length > 0 ? await folderSites(connection, paths) : null;
  const named = names.filter((name) => !isPath(name));
  const filter = list ? { listId: (await findList(connection, list)).id } : {};
  const found =
    names.length > 0
      ? [...(folder?.sites ?? []), ...(named.length > 0 ? await findSites(connection, named) : [])]
      : await allSites(connection, filter);
  const bySelection = folder !== null || names.length === 0;
  const sites = bySelection ? found.filter(({ targets }) => targets.length > 0) : found;
  if (sites.length === 0) {
    throw new CommandError('No site is to run on any host yet, so there is nothing to plan.');
  }
  const targetIds =
    host && (await findHosts(connection, host)).flatMap(({ targets }) => targets.map(({ id }) => id));
  const body = {
    siteIds: sites.map(({ id }) => id),
    ...(targetIds ? { targetIds } : {}),
    ...(overruleHolds ? { overruleHolds } : {}),
    ...(takeOver ? { takeOver: onEach(takeOver, targetIds ?? sites.flatMap(targetsOf)) } : {}),
  };
  const plan = await call(contract.plans.create, { params: { team }, body });
  folder?.assertPlanned(plan);
  const address = `${url}/${encodeURIComponent(team)}/plans/${plan.id}`;
  if (idFile) await writeFile(idFile, `${plan.id}\n`);
  if (format === 'json') console.log(JSON.stringify(plan, null, 2));
  else if (format === 'markdown') console.log(planMarkdown(plan, address));
  else {
    printPlan(plan);
    console.log(`${plan.id}  ${address}`);
  }
  if (plan.status === 'blocked') {
    const errors = plan.targets.flatMap(issuesOf).filter(({ severity }) => severity === 'error');
    throw new CommandError(
      [
        'The plan has errors that must be solved first:',
        ...errors.map((issue) => `  ${issueLine(issue)}`),
      ].join('\n'),
    );
  }
  if (plan.status === 'ready' && format === 'text') console.error(`next: gatehouse apply ${plan.id}`);
  if (format === 'json') console.error(planSummary(plan));
  if (detailedExitcode && plan.status !== 'empty') process.exitCode = exitCode.changes;
}

/** `gatehouse plan`: what would change on the hosts, read from them now. Nothing is written there. */
export const planCommand = (): Command =>
  apiCommand('plan')
    .description('read the hosts and show what would change there; nothing is written')
    .argument(
      '[sites...]',
      'names or ids of the sites, or files and folders (with a slash) of their documents',
    )
    .option('--all', 'all sites of the team that are to run somewhere, no matter who saved them')
    .option('--list <name>', 'the sites of a list')
    .option('--host <hosts...>', 'only on these hosts, by name or id')
    .option('--overrule-holds', 'plan the newest revision also where it was undone')
    .option(
      '--take-over <blocks...>',
      'take these blocks of somebody else away in the same apply, as FILE:LINE from the plan that they block',
    )
    .option('--id-file <file>', 'write the plan’s id there, for gatehouse apply')
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['text', 'markdown', 'json'])
        .default('text'),
    )
    .option('--detailed-exitcode', '0 no change, 2 change, 1 error')
    .addHelpText(
      'after',
      `${settingsHelp}

Examples:
  gatehouse plan buildbot
  gatehouse plan sites/ --detailed-exitcode --id-file plan.id
  gatehouse plan sites/ --format markdown > comment.md
  gatehouse plan --all

A folder's sites are planned only as their files say: where one was not imported, or somebody has saved another revision since, the command says
so and makes no plan.`,
    )
    .action(makePlan);

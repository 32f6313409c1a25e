import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { contract } from '#api/contract/index';
import { type ApiOptions, apiCommand, connect, settingsHelp } from './api/connection';
import { findHosts } from './api/find-hosts';
import { findList } from './api/find-list';
import { allSites, findSites } from './api/find-sites';
import { planMarkdown } from './api/plan-markdown';
import { issueLine, issuesOf, planSummary, printPlan } from './api/print-plan';
import { CommandError, exitCode } from './exit-code';

interface Options extends ApiOptions {
  readonly all?: boolean;
  readonly list?: string;
  readonly host?: readonly string[];
  readonly idFile?: string;
  readonly format: 'text' | 'markdown' | 'json';
  readonly detailedExitcode?: boolean;
}

async function makePlan(names: readonly string[], given: Options): Promise<void> {
  const { all, list, host, idFile, detailedExitcode, ...options } = given;
  const format = options.json ? 'json' : options.format;
  if ([names.length > 0, all, list !== undefined].filter(Boolean).length !== 1) {
    throw new CommandError('Name the sites to plan, or give --all or --list.', exitCode.usage);
  }
  const connection = await connect(options);
  const { call, team, url } = connection;
  const sites =
    names.length > 0
      ? await findSites(connection, names)
      : (await allSites(connection, list ? { listId: (await findList(connection, list)).id } : {})).filter(
          ({ targets }) => targets.length > 0,
        );
  if (sites.length === 0) {
    throw new CommandError('No site is to run on any host yet, so there is nothing to plan.');
  }
  const targetIds =
    host && (await findHosts(connection, host)).flatMap(({ targets }) => targets.map(({ id }) => id));
  const body = { siteIds: sites.map(({ id }) => id), ...(targetIds ? { targetIds } : {}) };
  const plan = await call(contract.plans.create, { params: { team }, body });
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
    .argument('[sites...]', 'names or ids of the sites')
    .option('--all', 'all sites that are to run somewhere')
    .option('--list <name>', 'the sites of a list')
    .option('--host <hosts...>', 'only on these hosts, by name or id')
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
  gatehouse plan --all --detailed-exitcode --id-file plan.id
  gatehouse plan --all --format markdown > comment.md`,
    )
    .action(makePlan);

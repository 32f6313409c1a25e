import { type Command, Option } from 'commander';
import { contract } from '#api/contract/index';
import { allPages } from './api/all-pages';
import { type ApiOptions, apiCommand, connect, settingsHelp } from './api/connection';
import { findHosts } from './api/find-hosts';
import { printList } from './api/table';
import { oneLine, when } from './api/terminal';
import { exitCode } from './exit-code';

interface Options extends ApiOptions {
  readonly check?: boolean;
  readonly host?: readonly string[];
  readonly show: 'open' | 'ignored' | 'accepted' | 'all';
  readonly detailedExitcode?: boolean;
}

async function showDrift({ check, host, show, detailedExitcode, ...options }: Options): Promise<void> {
  const connection = await connect(options);
  const { call, team } = connection;
  const params = { team };
  const chosen = host && (await findHosts(connection, host)).map(({ id }) => id);
  const summary = check
    ? await call(contract.drift.check, { params, body: { hostIds: chosen ?? 'all' } })
    : await call(contract.drift.summary, { params });
  const files = await allPages((cursor) =>
    call(contract.drift.list, { params, query: { show, limit: 500, ...(cursor ? { cursor } : {}) } }),
  );
  const items = chosen ? files.filter(({ hostId }) => chosen.includes(hostId)) : files;
  printList(
    items,
    options.json,
    'No drift: every file is as it was left.',
    ['HOST', 'PATH', 'STATE', 'SITE', 'SINCE', 'DECISION'],
    (file) => [
      file.hostName,
      file.path,
      file.state,
      file.site?.name ?? '',
      when(file.changedAt),
      file.decision ? `${file.decision.kind}: ${file.decision.reason}` : '',
    ],
  );
  const unknown = summary.hosts.filter(
    ({ id, error, checkedAt }) =>
      (chosen?.includes(id) ?? true) && (error !== null || (check && checkedAt === null)),
  );
  for (const { name, error, unreachableSince } of unknown) {
    const since = unreachableSince ? ` since ${when(unreachableSince)}` : '';
    console.error(
      `warning: ${name} cannot be compared${since}: ${oneLine(error?.message ?? 'it was never looked at')}`,
    );
  }
  if (!detailedExitcode) return;
  // What is not known is not "no drift".
  if (items.some(({ decision }) => decision === null)) process.exitCode = exitCode.changes;
  else if (unknown.length > 0) process.exitCode = exitCode.refused;
}

/** `gatehouse drift`: files that are not as they were left. */
export const driftCommand = (): Command =>
  apiCommand('drift')
    .description('list files on hosts that are not as they were left')
    .option('--check', 'compare the hosts now, instead of showing what is known')
    .option('--host <hosts...>', 'only these hosts, by name or id')
    .addOption(
      new Option('--show <which>', 'which files')
        .choices(['open', 'ignored', 'accepted', 'all'])
        .default('open'),
    )
    .option('--detailed-exitcode', '0 no drift, 2 drift, 1 error or a host that cannot be compared')
    .addHelpText(
      'after',
      `${settingsHelp}

Examples:
  gatehouse drift
  gatehouse drift --check --host web1 web2
  gatehouse drift --check --detailed-exitcode || notify-somebody`,
    )
    .action(showDrift);

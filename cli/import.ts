import type { Command } from 'commander';
import { contract } from '#api/contract/index';
import type { ImportIssue, ImportResult } from '#api/contract/transfer';
import { formatPath } from '#core/format-path';
import { type ApiOptions, apiCommand, connect, settingsHelp } from './api/connection';
import { readSiteFiles, type SiteFiles } from './api/read-site-files';
import { oneLine, paint } from './api/terminal';
import { CommandError, exitCode } from './exit-code';

interface Options extends ApiOptions {
  readonly dryRun?: boolean;
  readonly message: string;
  readonly list?: string;
  readonly detailedExitcode?: boolean;
}

const signs = { create: '+', update: '~', unchanged: ' ', refused: '!' } as const;
const styles = { create: 'green', update: 'yellow', unchanged: 'dim', refused: 'red' } as const;

function issueText({ place, whole }: SiteFiles, issue: ImportIssue): string {
  const { file, path } = place(issue.path);
  const line = whole && issue.line !== null ? `:${issue.line}` : '';
  const field = path.length > 0 ? ` ${formatPath(path)}:` : '';
  const hint = issue.hint ? `\n    ${oneLine(issue.hint)}` : '';
  return `${issue.severity}: ${file}${line}:${field} ${oneLine(issue.message)}${hint}`;
}

function printResult(result: ImportResult): void {
  for (const { name, action, changes, changeCount } of result.sites) {
    if (action === 'unchanged') continue;
    console.log(paint(styles[action], `${signs[action]} ${oneLine(name)}`));
    for (const { field, kind, before, after } of action === 'update' ? changes : []) {
      const values =
        kind === 'added' ? after : kind === 'removed' ? `${before} removed` : `${before} → ${after}`;
      console.log(`    ${oneLine(field)}: ${oneLine(values ?? '')}`);
    }
    if (action === 'update' && changeCount > changes.length) {
      console.log(`    and ${changeCount - changes.length} more fields`);
    }
  }
  const { create, update, unchanged } = result.counts;
  if (create + update === 0) {
    console.log(`Nothing to save; ${unchanged} as before.`);
    return;
  }
  const done = result.dryRun ? 'Would save' : 'Saved';
  console.log(paint('bold', `${done} sites: ${create} new, ${update} changed; ${unchanged} as before.`));
}

async function importSites(paths: readonly string[], given: Options): Promise<void> {
  const { dryRun, message, list, detailedExitcode, ...options } = given;
  const files = await readSiteFiles(paths);
  const { call, team } = await connect(options);
  const body = { text: files.text, message, ...(list === undefined ? {} : { list }) };
  const params = { team };
  const found = await call(contract.sites.import, { params, body: { ...body, dryRun: true } });
  const issues = [...found.issues, ...found.sites.flatMap((site) => site.issues)];
  for (const issue of issues) console.error(issueText(files, issue));
  if (found.counts.refused > 0 || found.issues.some(({ severity }) => severity === 'error')) {
    if (options.json) console.log(JSON.stringify(found, null, 2));
    throw new CommandError('Nothing was imported: fix the documents first.');
  }
  const changes = found.counts.create + found.counts.update > 0;
  const result =
    dryRun || !changes
      ? found
      : await call(contract.sites.import, { params, body: { ...body, dryRun: false, digest: found.digest } });
  if (options.json) console.log(JSON.stringify(result, null, 2));
  else printResult(result);
  if (detailedExitcode && changes) process.exitCode = exitCode.changes;
}

/** `gatehouse import`: site documents from files; all of them are saved, or none is. */
export const importCommand = (): Command =>
  apiCommand('import')
    .description('save site documents as revisions, all or none; this changes no host')
    .argument('<files...>', 'YAML or JSON files, or folders of them')
    .option('--dry-run', 'only print what would be saved')
    .option('--message <text>', 'why, kept with each revision', '')
    .option('--list <name>', 'put the sites on this list, created if missing')
    .option('--detailed-exitcode', '0 nothing to save, 2 saved (or would be), 1 error')
    .addHelpText(
      'after',
      `
A document says where its site runs, as the team calls its hosts; without targets it stays where it is:
  targets:
    - host: web1
      server: nginx
${settingsHelp}

Examples:
  gatehouse import sites/ --dry-run
  gatehouse import sites/ --message "$(git log -1 --format=%s)"`,
    )
    .action(importSites);

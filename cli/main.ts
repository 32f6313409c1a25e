import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { ProblemError } from '#api/client';
import { formatPath } from '#core/format-path';
import { Issue } from '#core/issue';
import packageJson from '../package.json' with { type: 'json' };
import { activityCommand } from './activity';
import { describeProblem } from './api/describe-problem';
import { applyCommand } from './apply';
import { backupCommand } from './backup';
import { certificatesCommand } from './certificates';
import { completionCommand } from './completion';
import { doctorCommand } from './doctor';
import { driftCommand } from './drift';
import { CommandError, exitCode } from './exit-code';
import { explainCommand } from './explain';
import { exportCommand } from './export';
import { hostsCommand } from './hosts';
import { importCommand } from './import';
import { issuersCommand } from './issuers';
import { keyCommand } from './key';
import { listsCommand } from './lists';
import { planCommand } from './plan';
import { renderCommand } from './render';
import { resetPasswordCommand } from './reset-password';
import { restoreCommand } from './restore';
import { schemaCommand } from './schema';
import { setupCommand } from './setup';
import { sitesCommand } from './sites';
import { tokenCommand } from './token';

const program = new Command('gatehouse')
  .description(
    'CI servers behind nginx, Apache and Caddy: reviewed, applied, proven, and undone if they do not serve.',
  )
  .version(packageJson.version)
  .showHelpAfterError('(add --help for what there is)')
  .addHelpText(
    'after',
    `
Examples:
  gatehouse render examples/sites/buildbot.yaml --server nginx --server-version 1.26.3 --out ./out
  gatehouse explain https://ci.example.com/hook/x examples/sites/jenkins.yaml --method POST
  gatehouse schema > site.schema.json
  printf '%s' "$PASSWORD" | gatehouse setup --email ada@example.com --password-stdin --team Builds
  gatehouse token create --email ada@example.com --team builds --name deploy-script --scope apply
  gatehouse reset-password --email ada@example.com
  gatehouse sites list --sync out-of-sync
  gatehouse plan sites/ --detailed-exitcode --id-file plan.id
  gatehouse apply "$(cat plan.id)" --yes
  gatehouse drift --check --detailed-exitcode
  gatehouse activity verify

Over the network: sites, hosts, lists, plan, apply, drift, issuers, certificates, export, import, activity list; they need GATEHOUSE_TOKEN and GATEHOUSE_URL.
On the dashboard's own machine: setup, reset-password, token, activity verify, backup, restore, key, doctor. Without either: render, explain with files, schema, completion.

Exit codes: 0 done, 1 refused or failed, 2 wrong command line. With --detailed-exitcode: 0 no change, 2 change,
1 error. apply has more, see its help.`,
  )
  .exitOverride();

/** Subcommands copy no settings of their parent once they are made elsewhere. */
function adopt(command: Command): Command {
  command.exitOverride().showHelpAfterError('(add --help for what there is)');
  for (const child of command.commands) adopt(child);
  return command;
}
const commands = [
  sitesCommand(),
  hostsCommand(),
  listsCommand(),
  planCommand(),
  applyCommand(),
  driftCommand(),
  issuersCommand(),
  certificatesCommand(),
  exportCommand(),
  importCommand(),
  activityCommand(),
  renderCommand(),
  explainCommand(),
  schemaCommand(),
  setupCommand(),
  resetPasswordCommand(),
  tokenCommand(),
  backupCommand(),
  restoreCommand(),
  keyCommand(),
  doctorCommand(),
  completionCommand(program),
];
for (const command of commands) program.addCommand(adopt(command));

/** The fields that a refusal of the server's own code blames. */
function issueLines(error: Error): string[] {
  const issues = 'issues' in error ? z.array(Issue).safeParse(error.issues).data : undefined;
  return (issues ?? []).map(({ path, message, hint }) =>
    [`  ${formatPath(path)}: ${message}`, ...(hint ? [`    ${hint}`] : [])].join('\n'),
  );
}

/** Where 2 says that there are changes, a wrong command line must not. */
const usage = process.argv.includes('--detailed-exitcode') ? exitCode.refused : exitCode.usage;

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Help and version end this way too, with 0; what was wrong has been printed.
    process.exitCode = error.exitCode === 0 ? exitCode.done : usage;
  } else if (error instanceof ProblemError) {
    console.error(describeProblem(error));
    process.exitCode = exitCode.refused;
  } else if (error instanceof z.ZodError) {
    console.error(
      'The dashboard answered something that this command does not understand: are they of one version?',
    );
    process.exitCode = exitCode.refused;
  } else if (error instanceof CommandError || (error instanceof Error && error.name === 'AppError')) {
    console.error([error.message, ...issueLines(error)].join('\n'));
    const code = error instanceof CommandError ? error.code : exitCode.refused;
    process.exitCode = code === exitCode.usage ? usage : code;
  } else {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = exitCode.refused;
  }
}

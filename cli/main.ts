import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { formatPath, Issue } from '#core/issue';
import packageJson from '../package.json' with { type: 'json' };
import { activityCommand } from './activity';
import { backupCommand } from './backup';
import { doctorCommand } from './doctor';
import { CommandError, exitCode } from './exit-code';
import { keyCommand } from './key';
import { renderCommand } from './render';
import { resetPasswordCommand } from './reset-password';
import { restoreCommand } from './restore';
import { schemaCommand } from './schema';
import { setupCommand } from './setup';
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
  gatehouse schema > site.schema.json
  printf '%s' "$PASSWORD" | gatehouse setup --email ada@example.com --password-stdin --team Builds
  gatehouse token create --email ada@example.com --team builds --name deploy-script
  gatehouse reset-password --email ada@example.com
  gatehouse activity verify

Exit codes: 0 done, 1 refused or failed, 2 wrong command line.`,
  )
  .exitOverride();

/** Subcommands copy no settings of their parent once they are made elsewhere. */
function adopt(command: Command): Command {
  command.exitOverride().showHelpAfterError('(add --help for what there is)');
  for (const child of command.commands) adopt(child);
  return command;
}
for (const command of [
  setupCommand(),
  resetPasswordCommand(),
  tokenCommand(),
  activityCommand(),
  renderCommand(),
  schemaCommand(),
  backupCommand(),
  restoreCommand(),
  keyCommand(),
  doctorCommand(),
])
  program.addCommand(adopt(command));

/** The fields that a refusal of the server's own code blames. */
function issueLines(error: Error): string[] {
  const issues = 'issues' in error ? z.array(Issue).safeParse(error.issues).data : undefined;
  return (issues ?? []).map(({ path, message, hint }) =>
    [`  ${formatPath(path)}: ${message}`, ...(hint ? [`    ${hint}`] : [])].join('\n'),
  );
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Help and version end this way too, with 0; what was wrong has been printed.
    process.exitCode = error.exitCode === 0 ? exitCode.done : exitCode.usage;
  } else if (error instanceof CommandError || (error instanceof Error && error.name === 'AppError')) {
    console.error([error.message, ...issueLines(error)].join('\n'));
    process.exitCode = error instanceof CommandError ? error.code : exitCode.refused;
  } else {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = exitCode.refused;
  }
}

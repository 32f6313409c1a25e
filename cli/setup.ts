import { Command } from 'commander';
import { Setup } from '#api/contract/session';
import { CommandError, exitCode } from './exit-code';
import { readPassword } from './read-password';
import { withDatabase } from './with-database';

interface Options {
  readonly email: string;
  readonly name?: string;
  readonly team: string;
  readonly passwordStdin?: boolean;
}

async function setUp(options: Options): Promise<void> {
  if (!options.passwordStdin) {
    throw new CommandError('Give the password on standard input, with --password-stdin.', exitCode.usage);
  }
  const parsed = Setup.omit({ token: true }).safeParse({
    name: options.name ?? options.email.split('@')[0],
    email: options.email,
    password: await readPassword(),
    team: options.team,
  });
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new CommandError(lines.join('\n'), exitCode.usage);
  }
  const { password, ...input } = parsed.data;
  await withDatabase(async () => {
    const { setUpLocally } = await import('#server/identity/setup/set-up-locally');
    const { user, team } = await setUpLocally(input, password);
    console.log(`Made ${user.email} admin of the team ${team.name} (${team.slug}).`);
  });
}

/** `gatehouse setup`: the first admin and team without a browser, for installs by script. */
export const setupCommand = (): Command =>
  new Command('setup')
    .description('make the first admin and team, on the machine where the dashboard lives')
    .requiredOption('--email <address>', 'e-mail address to sign in with')
    .requiredOption('--team <name>', 'name of the team')
    .option('--name <name>', 'the person’s name (default: the part before the @)')
    .option('--password-stdin', 'read the password from standard input (at least 12 characters)')
    .addHelpText(
      'after',
      `
Works once, while nobody can sign in. Reads GATEHOUSE_DATA_DIR like npm start.

Example:
  printf '%s' "$PASSWORD" | gatehouse setup --email ada@example.com --password-stdin --team Builds`,
    )
    .action(setUp);

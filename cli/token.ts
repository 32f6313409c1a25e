import { Command } from 'commander';
import { TokenInput } from '#api/contract/tokens';
import { CommandError, exitCode } from './exit-code';
import { withDatabase } from './with-database';

interface Options {
  readonly email: string;
  readonly team: string;
  readonly name: string;
  readonly expires?: string;
}

async function createToken({ email, team, name, expires }: Options): Promise<void> {
  const parsed = TokenInput.safeParse({ name, ...(expires ? { expiresAt: expires } : {}) });
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new CommandError(lines.join('\n'), exitCode.usage);
  }
  const expiresAt = parsed.data.expiresAt ? new Date(parsed.data.expiresAt) : null;
  await withDatabase(async () => {
    const { createTokenLocally } = await import('#server/tokens/create-token-locally');
    console.log(
      await createTokenLocally({ email: email.toLowerCase(), team, name: parsed.data.name, expiresAt }),
    );
  });
}

/** `gatehouse token …`: API tokens without a browser. */
export const tokenCommand = (): Command => {
  const command = new Command('token').description('API tokens, on the machine where the dashboard lives');
  command
    .command('create')
    .description('make an API token and print it, once')
    .requiredOption('--email <address>', 'whose token it is; it may do what this person may')
    .requiredOption('--team <slug>', 'the one team that it is for: slug, id or name')
    .requiredOption('--name <name>', 'what it is used for')
    .option('--expires <time>', 'when it stops working, such as 2027-01-31T00:00:00Z (default: never)')
    .addHelpText(
      'after',
      `
Example:
  TOKEN=$(gatehouse token create --email ada@example.com --team builds --name deploy-script)
  curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:3000/api/v1/teams/builds/sites`,
    )
    .action(createToken);
  return command;
};

import { Command } from 'commander';
import { TokenInput } from '#api/contract/tokens';
import { scopePresets } from '#core/access/scope-presets';
import { tokenDays } from '#core/access/token-days';
import { CommandError, exitCode } from './exit-code';
import { readTokenExpiry, readTokenScopes } from './token-options';
import { withDatabase } from './with-database';

interface Options {
  readonly email: string;
  readonly team: string;
  readonly name: string;
  readonly scope?: readonly string[];
  readonly expires?: string;
}

async function createToken({ email, team, name, scope, expires }: Options): Promise<void> {
  const expiresAt = readTokenExpiry(expires, new Date());
  const scopes = readTokenScopes(scope);
  const parsed = TokenInput.safeParse({
    name,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  });
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new CommandError(lines.join('\n'), exitCode.usage);
  }
  await withDatabase(async () => {
    const { createTokenLocally } = await import('#server/identity/tokens/create-token-locally');
    const wanted = { email: email.toLowerCase(), team, expiresAt: undefined, ...parsed.data, scopes };
    console.log(await createTokenLocally(wanted));
  });
}

const presetIds = scopePresets.map(({ id }) => id).join(', ');

/** `gatehouse token …`: API tokens without a browser. */
export const tokenCommand = (): Command => {
  const command = new Command('token').description('API tokens, on the machine where the dashboard lives');
  command
    .command('create')
    .description('make an API token and print it, once')
    .requiredOption('--email <address>', 'whose token it is; it may do what this person may')
    .requiredOption('--team <slug>', 'the one team that it is for: slug, id or name')
    .requiredOption('--name <name>', 'what it is used for')
    .option(
      '--scope <permissions...>',
      `what it is for: ${presetIds}, or single permissions such as sites.read (default: read)`,
    )
    .option(
      '--expires <time>',
      `when it stops working: 30d, 2027-01-31T00:00:00Z (at most a year away) or never (default: ${tokenDays.default}d)`,
    )
    .addHelpText(
      'after',
      `
A token never does more than its owner's role, whatever its scopes say.
  read    looks at everything, changes nothing
  plan    read, and saves sites and makes plans: for pull requests
  apply   plan, and applies: for merges
  all     whatever the owner may

Examples:
  TOKEN=$(gatehouse token create --email ada@example.com --team builds --name deploy-script --scope apply)
  gatehouse token create --email ada@example.com --team builds --name pull-requests --scope plan --expires 30d
  gatehouse token create --email ada@example.com --team builds --name report --scope sites.read drift.read
  curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:3000/api/v1/teams/builds/sites`,
    )
    .action(createToken);
  return command;
};

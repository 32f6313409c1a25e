import { Command } from 'commander';
import { withDatabase } from './with-database';

async function resetPassword({ email }: { email: string }): Promise<void> {
  await withDatabase(async () => {
    const { env } = await import('#server/platform/env');
    const { resetLocally } = await import('#server/identity/people/reset-locally');
    const { id, secret, expiresAt } = await resetLocally(email.toLowerCase());
    const origin = env().publicOrigin ?? `http://${env().host}:${env().port}`;
    console.log(`${origin}/reset#${id}.${secret}`);
    console.error(`It works once, until ${expiresAt.toISOString()}, and ends all sessions of ${email}.`);
  });
}

/** `gatehouse reset-password`: a way back in where no administrator can sign in. */
export const resetPasswordCommand = (): Command =>
  new Command('reset-password')
    .description('print a one-time link that sets a new password, on the machine where the dashboard lives')
    .requiredOption('--email <address>', 'whose password')
    .addHelpText(
      'after',
      `
The link works once, for a day. A second factor is still asked for at sign-in.

Example:
  gatehouse reset-password --email ada@example.com`,
    )
    .action(resetPassword);

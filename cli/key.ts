import { Command } from 'commander';
import { CommandError } from './exit-code';
import { withDatabase } from './with-database';

const rotate = () =>
  withDatabase(async () => {
    const { rotateKey } = await import('#server/platform/secrets/rotate-key');
    const { resumed, keyId, oldKeyIds, rows, unreadable } = await rotateKey();
    if (resumed) console.log('An earlier rotation had been broken off; this one finished it.');
    console.log(`Encrypted ${rows} secret(s) again with the key ${keyId}.`);
    if (unreadable.length > 0)
      throw new CommandError(
        `These rows do not open with the key they name, so it stays in the key file:\n  ${unreadable.join('\n  ')}\nGive those secrets again, then run this once more.`,
      );
    console.log(`The key ${oldKeyIds.join(', ')} is gone. Browsers sign in again; API tokens stay.`);
  });

async function makeNew(): Promise<void> {
  process.umask(0o077);
  const { existsSync } = await import('node:fs');
  const { env } = await import('#server/platform/env');
  const { assertPrivateDataDir } = await import('#server/platform/secrets/secret-key');
  const { makeKeyFile } = await import('#server/platform/secrets/key-file');
  const { secretKeyFile } = env();
  if (existsSync(secretKeyFile))
    throw new CommandError(
      `${secretKeyFile} is there; nothing is overwritten. To replace it: gatehouse key rotate`,
    );
  assertPrivateDataDir();
  makeKeyFile(secretKeyFile);
  console.log(`Made ${secretKeyFile}. Secrets of a lost key stay unreadable: give them again.`);
}

/** `gatehouse key …`: the key that encrypts stored secrets. */
export const keyCommand = (): Command => {
  const command = new Command('key').description('the key that encrypts stored secrets');
  command
    .command('rotate')
    .description('replace the key and re-encrypt every secret, while the dashboard runs')
    .addHelpText(
      'after',
      `
Broken off at any point, it goes on where it was when it is run again. Browsers sign in again afterwards, since their cookies were signed with
the old key; API tokens stay. Archives that were made before need the old key: keep your copy of it as long as you keep those.

Example:
  gatehouse key rotate && install -m 600 data/secret.key /mnt/safe/gatehouse-secret.key`,
    )
    .action(rotate);
  command
    .command('new')
    .description('make a key where the old one is lost for good')
    .addHelpText('after', '\nExample:\n  gatehouse key new')
    .action(makeNew);
  return command;
};

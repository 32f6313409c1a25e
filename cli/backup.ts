import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { CommandError, exitCode } from './exit-code';
import { readPassword } from './read-password';
import { readPrivateFile } from './read-private-file';

interface Options {
  readonly out: string;
  readonly recipient?: readonly string[];
  readonly recipientsFile?: string;
  readonly passphraseStdin?: boolean;
  readonly passphraseFile?: string;
  readonly withKey?: boolean;
}

export const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

async function lockOf(options: Options) {
  const recipients = [
    ...(options.recipient ?? []),
    ...(options.recipientsFile === undefined ? [] : linesOf(readFileSync(options.recipientsFile, 'utf8'))),
  ];
  const ways = [recipients.length > 0, options.passphraseStdin, options.passphraseFile !== undefined];
  if (ways.filter(Boolean).length !== 1)
    throw new CommandError(
      'Say with what to lock the archive: --recipient, --passphrase-stdin or --passphrase-file.',
      exitCode.usage,
    );
  if (options.withKey && !options.passphraseStdin)
    throw new CommandError(
      '--with-key goes with --passphrase-stdin only: the archive then holds everything, so what opens it must not lie on this machine.',
      exitCode.usage,
    );
  if (recipients.length > 0) return { recipients };
  if (options.passphraseFile === undefined) return { passphrase: await readPassword() };
  return { passphrase: readPrivateFile(options.passphraseFile).replace(/\r?\n$/, '') };
}

async function backup(options: Options): Promise<void> {
  process.umask(0o077);
  const lock = await lockOf(options);
  const { env } = await import('#server/platform/env');
  const { makeBackup } = await import('#server/operation/backup/make-backup');
  const { noteBackup } = await import('#server/operation/backup/last-backup');
  const { databaseFile, secretKeyFile, dataDir } = env();
  const { bytes, manifest } = await makeBackup({
    databaseFile,
    secretKeyFile: options.withKey ? secretKeyFile : null,
    out: options.out,
    lock,
    version: packageJson.version,
  });
  const withKey = options.withKey === true;
  noteBackup(dataDir, { at: manifest.createdAt, bytes, withKey, file: resolve(options.out) });
  console.log(`Wrote ${options.out}, ${bytes} bytes.`);
  if (!options.withKey && manifest.keyIds.length > 0)
    console.log(
      `The key of its secrets (${manifest.keyIds.join(', ')}) is not inside. Keep a copy of ${secretKeyFile} in another place.`,
    );
}

async function newIdentity(): Promise<void> {
  const identity = await generateX25519Identity();
  console.log(`# public key: ${await identityToRecipient(identity)}\n${identity}`);
}

/** `gatehouse backup`: everything the data directory keeps, as one encrypted file. */
export const backupCommand = (): Command => {
  const command = new Command('backup')
    .description('write one encrypted archive of the database while the dashboard runs')
    .option('-o, --out <file>', 'where to write it; must not exist yet')
    .option(
      '-r, --recipient <age1…>',
      'public key that it is locked with; may be given several times',
      append,
    )
    .option('--recipients-file <file>', 'file with such public keys, one a line')
    .option('--passphrase-stdin', 'lock it with a passphrase from standard input (at least 12 characters)')
    .option('--passphrase-file <file>', 'lock it with a passphrase from a file of mode 0600')
    .option('--with-key', 'put the key that encrypts secrets inside as well; with --passphrase-stdin only')
    .addHelpText(
      'after',
      `
The archive is an age file (age-encryption.org) around a tar. It does not hold the key of the secrets in the database, so that a stolen
archive whose lock was broken still opens no host. Keep a copy of that key file in another place, once.

Examples:
  gatehouse backup identity > backup.key                     on another machine; keep it there
  gatehouse backup --recipient age1… --out /backup/gatehouse-$(date +%F).age
  printf '%s' "$PASSPHRASE" | gatehouse backup --passphrase-stdin --with-key --out move.age`,
    )
    .action((options: Partial<Options>) => {
      const { out } = options;
      if (out === undefined) throw new CommandError('Say where to write it: --out FILE.', exitCode.usage);
      return backup({ ...options, out });
    });
  command
    .command('identity')
    .description('print a new private key for archives, and its public key; run it on another machine')
    .addHelpText('after', '\nExample:\n  (umask 077; gatehouse backup identity > backup.key)')
    .action(newIdentity);
  return command;
};

function append(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

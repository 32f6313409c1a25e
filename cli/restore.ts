import { Command } from 'commander';
import { linesOf } from './backup';
import { CommandError, exitCode } from './exit-code';
import { readPassword } from './read-password';
import { readPrivateFile } from './read-private-file';

interface Options {
  readonly dataDir: string;
  readonly identity?: string;
  readonly passphraseStdin?: boolean;
  readonly passphraseFile?: string;
  readonly keyFile?: string;
}

async function openerOf({ identity, passphraseStdin, passphraseFile }: Options) {
  const ways = [identity !== undefined, passphraseStdin, passphraseFile !== undefined];
  if (ways.filter(Boolean).length !== 1)
    throw new CommandError(
      'Say what opens the archive: --identity, --passphrase-stdin or --passphrase-file.',
      exitCode.usage,
    );
  if (identity !== undefined) return { identities: linesOf(readPrivateFile(identity)) };
  if (passphraseFile === undefined) return { passphrase: await readPassword() };
  return { passphrase: readPrivateFile(passphraseFile).replace(/\r?\n$/, '') };
}

async function restore(archive: string, options: Options): Promise<void> {
  process.umask(0o077);
  const opener = await openerOf(options);
  const { restoreBackup } = await import('#server/operation/backup/restore-backup');
  const { manifest, migrated, missingKeys } = await restoreBackup({
    archive,
    dataDir: options.dataDir,
    opener,
    ...(options.keyFile === undefined ? {} : { keyFile: options.keyFile }),
  });
  console.log(`Restored the backup of ${manifest.createdAt} into ${options.dataDir}.`);
  if (migrated.length > 0) console.log(`Database: applied ${migrated.length} migration(s).`);
  if (missingKeys.length > 0)
    console.log(
      `Secrets in it need the key ${missingKeys.join(', ')}. Before the first start:\n  install -m 600 YOUR-COPY-OF/secret.key '${options.dataDir}/secret.key'`,
    );
}

/** `gatehouse restore`: a backup into an empty data directory. */
export const restoreCommand = (): Command =>
  new Command('restore')
    .description('put a backup into an empty data directory')
    .argument('<file>', 'archive that `gatehouse backup` wrote')
    .requiredOption(
      '--data-dir <directory>',
      'directory for the dashboard’s data; must be empty or not exist yet',
    )
    .option('-i, --identity <file>', 'private key that opens it, in a file of mode 0600')
    .option('--passphrase-stdin', 'passphrase from standard input')
    .option('--passphrase-file <file>', 'passphrase from a file of mode 0600')
    .option('--key-file <file>', 'your copy of secret.key, where the archive does not hold it')
    .addHelpText(
      'after',
      `
The archive is read and checked to its last byte, then checked as a database and brought to this version, before anything is put in place. One
that was cut short or changed is refused whole, and the directory stays as it was. Stop the dashboard that uses the directory first.

Examples:
  gatehouse restore gatehouse-2027-01-31.age --identity backup.key --key-file secret.key --data-dir /var/lib/gatehouse
  printf '%s' "$PASSPHRASE" | gatehouse restore move.age --passphrase-stdin --data-dir ./data`,
    )
    .action(restore);

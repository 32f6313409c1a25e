import 'server-only';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { knownMigrations, migrate } from '../../../../prisma/migrate';
import { faultsOf, inspectDatabase } from '../../platform/database/inspect-database';
import { assertPrivate, readKeyFile } from '../../platform/secrets/key-file';
import { runningServer } from '../process/running-server';
import { ArchiveRefused } from './archive-refused';
import type { Opener } from './lock';
import type { Manifest } from './manifest';
import { readArchive } from './read-archive';

export interface RestoreOptions {
  readonly archive: string;
  /** Made when missing; must be empty otherwise. */
  readonly dataDir: string;
  readonly opener: Opener;
  /** The key file that belongs to the archive, where it is not inside. */
  readonly keyFile?: string;
}

export interface Restored {
  readonly manifest: Manifest;
  /** Migrations that its database lacked. */
  readonly migrated: readonly string[];
  /** Fingerprints of keys that secrets in it need and that are not here. */
  readonly missingKeys: readonly string[];
}

const staging = '.restoring';

/** @returns whether the folder was made now */
function claim(dataDir: string): boolean {
  const made = mkdirSync(dataDir, { recursive: true, mode: 0o700 }) !== undefined;
  if (!lstatSync(dataDir).isDirectory()) throw new ArchiveRefused(`${dataDir} must be a directory.`);
  assertPrivate(dataDir, '700');
  const running = runningServer(dataDir);
  if (running !== null)
    throw new ArchiveRefused(`A dashboard runs on ${dataDir} (process ${running}). Stop it first.`);
  const others = readdirSync(dataDir).filter((name) => name !== staging);
  if (others.length > 0)
    throw new ArchiveRefused(
      `${dataDir} is not empty; nothing is overwritten. Move what is there away, or name another directory.`,
    );
  // Left by a restore that was killed.
  rmSync(join(dataDir, staging), { recursive: true, force: true });
  return made;
}

async function checkDatabase(file: string, manifest: Manifest): Promise<void> {
  const db = new Database(file, { fileMustExist: true });
  try {
    const faults = faultsOf(db);
    if (faults.length > 0) throw new ArchiveRefused(`The database in the archive is damaged: ${faults[0]}.`);
    const { migrations } = inspectDatabase(db);
    const known = new Set(await knownMigrations());
    const unknown = migrations.filter((name) => !known.has(name));
    if (unknown.length > 0)
      throw new ArchiveRefused(
        `The archive was made by Gatehouse ${manifest.version}, whose database is newer than this one knows (${unknown[0]}). Restore it with that version.`,
      );
  } finally {
    db.close();
  }
}

/** Fingerprints of the keys that secrets of the database need and the key file does not hold. */
function keysMissing(databaseFile: string, keyFile: string): readonly string[] {
  const db = new Database(databaseFile, { readonly: true });
  const { keyIds } = inspectDatabase(db);
  db.close();
  const here = existsSync(keyFile) ? readKeyFile(keyFile).map(({ id }) => id) : [];
  return keyIds.filter((id) => !here.includes(id));
}

/**
 * Puts a backup into an empty data directory. Everything is unpacked aside, checked to the last byte, checked as a database and migrated
 * before the first file gets its name; on any error the directory is left as it was.
 *
 * @throws ArchiveRefused
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const dataDir = resolve(options.dataDir);
  if (!existsSync(options.archive)) throw new ArchiveRefused(`There is no file ${options.archive}.`);
  const made = claim(dataDir);
  const aside = join(dataDir, staging);
  let done = false;
  try {
    mkdirSync(aside, { mode: 0o700 });
    const manifest = await readArchive(options.archive, options.opener, aside);
    const database = join(aside, 'gatehouse.db');
    const key = join(aside, 'secret.key');
    if (!existsSync(database)) throw new ArchiveRefused('There is no database in the archive.');
    await checkDatabase(database, manifest);
    if (options.keyFile !== undefined) {
      if (existsSync(key)) throw new ArchiveRefused('The archive brings its key; leave --key-file out.');
      readKeyFile(options.keyFile);
      copyFileSync(options.keyFile, key);
    }
    const missingKeys = keysMissing(database, key);
    if (options.keyFile !== undefined && missingKeys.length > 0)
      throw new ArchiveRefused(
        `${options.keyFile} is not the key of this backup, which needs ${missingKeys.join(', ')}.`,
      );
    const migrated = await migrate(database);
    // The database last: without it there is nothing to start.
    const names = readdirSync(aside).sort(
      (a, b) => Number(a === 'gatehouse.db') - Number(b === 'gatehouse.db'),
    );
    for (const name of names) renameSync(join(aside, name), join(dataDir, name));
    done = true;
    return { manifest, migrated, missingKeys };
  } finally {
    rmSync(aside, { recursive: true, force: true });
    if (!done && made) rmdirSync(dataDir);
  }
}

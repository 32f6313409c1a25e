import 'server-only';
import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import Database from 'better-sqlite3';
import { type Pack, pack } from 'tar-stream';
import { faultsOf, inspectDatabase } from '../../platform/database/inspect-database';
import { readKeyFile } from '../../platform/secrets/key-file';
import { ArchiveRefused } from './archive-refused';
import { digestFile } from './digest-file';
import { encrypterFor, type Lock } from './lock';
import { type ArchivedName, archiveFormat, type Manifest, manifestName } from './manifest';

export interface BackupOptions {
  readonly databaseFile: string;
  /** Put into the archive as well; `null` leaves it out. */
  readonly secretKeyFile: string | null;
  /** Path of the archive. Nothing may be there yet. */
  readonly out: string;
  readonly lock: Lock;
  readonly version: string;
}

const snapshotName = /^\.backup-[0-9a-f-]{36}\.db(?:-journal|-wal|-shm)?$/;

/**
 * A copy of the database as of one moment, while others go on writing. It is rebuilt, so pages that once held what has been deleted are
 * not in it. Left-overs of a backup that was killed are removed.
 */
function snapshot(databaseFile: string): string {
  const dir = dirname(databaseFile);
  for (const name of readdirSync(dir)) if (snapshotName.test(name)) rmSync(join(dir, name), { force: true });
  const file = join(dir, `.backup-${randomUUID()}.db`);
  const db = new Database(databaseFile, { fileMustExist: true, timeout: 60_000 });
  try {
    db.prepare('VACUUM INTO ?').run(file);
  } finally {
    db.close();
  }
  return file;
}

interface Part {
  readonly name: ArchivedName;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

async function fill(archive: Pack, manifest: Manifest, parts: readonly Part[]): Promise<void> {
  const mtime = new Date(manifest.createdAt);
  archive.entry({ name: manifestName, mode: 0o600, mtime }, `${JSON.stringify(manifest, null, 2)}\n`);
  for (const { name, path, bytes } of parts) {
    const entry = archive.entry({ name, size: bytes, mode: 0o600, mtime });
    for await (const chunk of createReadStream(path)) {
      if (!entry.write(chunk)) await new Promise<void>((drained) => entry.once('drain', drained));
    }
    await new Promise<void>((done) => {
      entry.once('finish', () => done());
      entry.end(null);
    });
  }
  archive.finalize();
}

/** Writes a stream under a temporary name, for the owner alone, and gives it its name once it is safely on the disk. */
async function writeWhole(out: string, source: ReadableStream<Uint8Array>): Promise<number> {
  const partial = join(dirname(out), `.${basename(out)}.${randomUUID()}.partial`);
  try {
    const file = await open(partial, 'wx', 0o600);
    let bytes = 0;
    try {
      await file.chmod(0o600);
      for await (const chunk of source) {
        await file.appendFile(chunk);
        bytes += chunk.length;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, out);
    const folder = await open(dirname(out), 'r');
    await folder.sync().finally(() => folder.close());
    return bytes;
  } finally {
    await rm(partial, { force: true });
  }
}

/**
 * One encrypted archive of everything that the data directory keeps, made while the server runs. It is an age file around a tar: the manifest,
 * the database, and only when asked for the key that the secrets in it are encrypted with.
 *
 * @returns size of the archive and what its manifest says
 * @throws ArchiveRefused
 */
export async function makeBackup(options: BackupOptions): Promise<{ bytes: number; manifest: Manifest }> {
  const out = resolve(options.out);
  if (existsSync(out)) throw new ArchiveRefused(`${out} exists already; nothing is overwritten.`);
  if (!existsSync(options.databaseFile))
    throw new ArchiveRefused(`There is no database at ${options.databaseFile}.`);
  const encrypter = encrypterFor(options.lock);
  const copy = snapshot(options.databaseFile);
  try {
    const db = new Database(copy, { readonly: true });
    const faults = faultsOf(db);
    if (faults.length > 0) {
      db.close();
      throw new ArchiveRefused(`The database is damaged, so this would be no backup: ${faults[0]}.`);
    }
    const { migrations, keyIds } = inspectDatabase(db);
    db.close();
    const parts: Part[] = [{ name: 'gatehouse.db', path: copy, ...(await digestFile(copy)) }];
    if (options.secretKeyFile !== null) {
      readKeyFile(options.secretKeyFile);
      const digest = await digestFile(options.secretKeyFile);
      parts.push({ name: 'secret.key', path: options.secretKeyFile, ...digest });
    }
    const manifest: Manifest = {
      format: archiveFormat,
      version: options.version,
      createdAt: new Date().toISOString(),
      migrations: [...migrations],
      keyIds: [...keyIds],
      files: parts.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
    };
    const archive = pack();
    const filled = fill(archive, manifest, parts);
    filled.catch((error: Error) => archive.destroy(error));
    const plain = Readable.toWeb(Readable.from(archive, { objectMode: false }));
    const sealed = await encrypter.encrypt(plain as ReadableStream<Uint8Array>);
    const bytes = await writeWhole(out, sealed);
    await filled;
    return { bytes, manifest };
  } finally {
    await rm(copy, { force: true });
  }
}

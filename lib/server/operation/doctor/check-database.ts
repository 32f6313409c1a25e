import 'server-only';
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { knownMigrations } from '../../../../prisma/migrate';
import { faultsOf, inspectDatabase } from '../../platform/database/inspect-database';
import { readKeyFile } from '../../platform/secrets/key-file';
import { type StoredTrigger, storedTriggersSql, triggerFaults } from '../activity/record-triggers';
import { type Finding, failed, ok, quoted, skipped, warning } from './finding';

const toleranceMs = 5 * 60_000;

/** A clock that is behind what has already happened makes sessions, holds and certificates wrong. */
function checkClock(db: Database.Database, now: Date): Finding {
  const columns = [
    ['Activity', 'at'],
    ['Session', 'updatedAt'],
    ['SiteRevision', 'createdAt'],
    ['Apply', 'createdAt'],
  ] as const;
  const newest = Math.max(
    0,
    ...columns.map(([table, column]) => {
      const row = db.prepare(`SELECT max("${column}") AS at FROM "${table}"`).get() as { at: unknown };
      return row.at === null ? 0 : new Date(row.at as string | number).getTime();
    }),
  );
  const aheadMs = newest - now.getTime();
  if (aheadMs > toleranceMs)
    return failed(
      'clock',
      `This machine’s clock says ${now.toISOString()}, but the database knows of ${new Date(newest).toISOString()}.`,
      'timedatectl set-ntp true',
    );
  return ok('clock', 'Not behind what the database knows of.');
}

/** Whether what keeps the activity record append-only is there; its rows are gone through by `gatehouse activity verify`. */
function checkRecord(db: Database.Database): Finding {
  const faults = triggerFaults(db.prepare(storedTriggersSql).all() as StoredTrigger[]);
  return faults.length > 0
    ? failed(
        'append-only',
        `Rows of the activity record may have been changed: ${faults.join('; ')}. Compare it with a head that was noted elsewhere.`,
        'gatehouse activity verify --head NUMBER:HASH',
      )
    : ok('append-only', 'The triggers that keep the activity record append-only are as they were made.');
}

async function checkSchema(migrations: readonly string[]): Promise<Finding> {
  const known = await knownMigrations();
  const unknown = migrations.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    return failed(
      'schema',
      `The database was brought up to date by a newer Gatehouse (${unknown.join(', ')}). Install that version again.`,
    );
  const missing = known.filter((name) => !migrations.includes(name));
  if (missing.length > 0)
    return warning('schema', `${missing.length} migration(s) are due; the next start applies them.`);
  return ok('schema', `All ${known.length} migrations.`);
}

function checkKeys(keyIds: readonly string[], keyFile: string): Finding {
  if (!existsSync(keyFile)) {
    if (keyIds.length === 0) return ok('keys', 'No secret is stored yet.');
    return failed(
      'keys',
      `${keyFile} is missing, and stored secrets need it (key ${keyIds.join(', ')}).`,
      `install -m 600 YOUR-COPY ${quoted(keyFile)}`,
    );
  }
  try {
    const keys = readKeyFile(keyFile);
    const missing = keyIds.filter((id) => keys.every((key) => key.id !== id));
    if (missing.length > 0)
      return failed(
        'keys',
        `Secrets were encrypted with the key ${missing.join(', ')}, which is not in ${keyFile}. Put your copy back, or give those secrets again.`,
        `install -m 600 YOUR-COPY ${quoted(keyFile)}`,
      );
    if (keys.length > 1)
      return warning('keys', 'A rotation of the key was broken off.', 'gatehouse key rotate');
    return ok('keys', `The key ${keys[0].id} opens every stored secret.`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return failed('keys', message, ...(message.includes('chmod') ? [`chmod 600 ${quoted(keyFile)}`] : []));
  }
}

/** What can be said of the database while nobody is stopped: it is only read. */
export async function checkDatabase(databaseFile: string, keyFile: string, now: Date): Promise<Finding[]> {
  if (!existsSync(databaseFile))
    return [skipped('database', `There is no ${databaseFile} yet; the first start makes it.`)];
  let db: Database.Database | null = null;
  try {
    db = new Database(databaseFile, { fileMustExist: true, timeout: 10_000 });
    db.pragma('query_only = ON');
    const faults = faultsOf(db);
    const { migrations, keyIds } = inspectDatabase(db);
    return [
      faults.length > 0
        ? failed(
            'database',
            `SQLite finds it damaged: ${faults.slice(0, 3).join('; ')}. Restore the last backup into a new directory.`,
            'gatehouse restore BACKUP.age --identity backup.key --data-dir NEW-DIRECTORY',
          )
        : ok('database', 'Sound, and every row points at rows that exist.'),
      await checkSchema(migrations),
      checkRecord(db),
      checkKeys(keyIds, keyFile),
      checkClock(db, now),
    ];
  } catch (error) {
    return [
      failed(
        'database',
        `It cannot be read: ${error instanceof Error ? error.message : error}. Restore the last backup into a new directory.`,
        'gatehouse restore BACKUP.age --identity backup.key --data-dir NEW-DIRECTORY',
      ),
    ];
  } finally {
    db?.close();
  }
}

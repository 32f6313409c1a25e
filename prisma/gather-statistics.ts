import Database from 'better-sqlite3';

/** Rows of an index that are looked at: enough for its choice, and quick however long the record has become. */
const rowsLookedAt = 1000;

/**
 * Lets SQLite count what its tables hold, as far as they have changed much since. Without it the planner takes every index for a good one, and goes
 * through all rows of a team to find fifty by their ids. Connections that are open plan their statements anew when something has changed.
 */
export function gatherStatistics(databaseFile: string): void {
  const db = new Database(databaseFile);
  try {
    const before = statistics(db);
    db.pragma(`analysis_limit = ${rowsLookedAt}`);
    // All tables (0x10000), and really analyse (0x02).
    db.pragma('optimize = 0x10002');
    // Others read the statistics only with the schema, and that only after it changed: so it does, for nothing else.
    if (statistics(db) !== before)
      db.exec('BEGIN IMMEDIATE; CREATE TABLE "_changed" (x); DROP TABLE "_changed"; COMMIT');
  } finally {
    db.close();
  }
}

function statistics(db: Database.Database): string {
  const known = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'").get();
  return known ? JSON.stringify(db.prepare('SELECT * FROM sqlite_stat1 ORDER BY tbl, idx').all()) : '';
}

import 'server-only';

/** The triggers on the record, as their migrations made them: what keeps it append-only above all. */
export const recordTriggers: Readonly<Record<string, string>> = {
  Activity_no_update: `CREATE TRIGGER "Activity_no_update" BEFORE UPDATE ON "Activity"
BEGIN
    SELECT RAISE(ABORT, 'the activity record is append-only');
END`,
  Activity_no_delete: `CREATE TRIGGER "Activity_no_delete" BEFORE DELETE ON "Activity"
BEGIN
    SELECT RAISE(ABORT, 'the activity record is append-only');
END`,
  Activity_no_gap: `CREATE TRIGGER "Activity_no_gap" BEFORE INSERT ON "Activity"
WHEN NEW."sequence" IS NOT (SELECT COALESCE(MAX("sequence"), 0) + 1 FROM "Activity")
BEGIN
    SELECT RAISE(ABORT, 'the activity record continues with its next number');
END`,
  // Not for that, but on the same table: it fills the index of words.
  Activity_words: `CREATE TRIGGER "Activity_words" AFTER INSERT ON "Activity" WHEN NEW."sequence" IS NOT NULL
BEGIN
    INSERT INTO "ActivityWords" ("rowid", "words")
        VALUES (NEW."sequence", NEW."subject" || char(10) || NEW."actorLabel" || char(10) || NEW."address");
END`,
};

export interface StoredTrigger {
  readonly name: string;
  readonly sql: string;
}

/** Asks SQLite which triggers stand on the record, and how they were written. */
export const storedTriggersSql = `SELECT "name", "sql" FROM "sqlite_master" WHERE "type" = 'trigger' AND "tbl_name" = 'Activity'`;

/** What is wrong with the triggers of the record, in words; empty when they are as they were made. */
export function triggerFaults(stored: readonly StoredTrigger[]): string[] {
  const faults: string[] = [];
  for (const [name, sql] of Object.entries(recordTriggers)) {
    const found = stored.find((each) => each.name === name);
    if (!found) faults.push(`the trigger ${name} is gone`);
    else if (found.sql.trim() !== sql) faults.push(`the trigger ${name} is not as it was made`);
  }
  for (const { name } of stored)
    if (!(name in recordTriggers)) faults.push(`there is a trigger ${name} that Gatehouse did not make`);
  return faults;
}

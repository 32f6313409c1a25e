-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Activity" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "sequence" INTEGER,
    "hash" TEXT NOT NULL DEFAULT '',
    "teamId" TEXT,
    "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actorId" TEXT,
    "actorLabel" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subjectId" TEXT,
    "detail" JSONB
);
INSERT INTO "new_Activity" ("actorId", "actorLabel", "address", "at", "detail", "event", "hash", "id", "requestId", "sequence", "subject", "subjectId", "teamId") SELECT "actorId", "actorLabel", "address", "at", "detail", "event", "hash", "id", "requestId", "sequence", "subject", "subjectId", "teamId" FROM "Activity";
DROP TABLE "Activity";
ALTER TABLE "new_Activity" RENAME TO "Activity";
CREATE UNIQUE INDEX "Activity_sequence_key" ON "Activity"("sequence");
CREATE INDEX "Activity_teamId_at_idx" ON "Activity"("teamId", "at");
CREATE INDEX "Activity_teamId_event_at_idx" ON "Activity"("teamId", "event", "at");
CREATE INDEX "Activity_teamId_actorId_at_idx" ON "Activity"("teamId", "actorId", "at");
CREATE INDEX "Activity_teamId_subjectId_at_idx" ON "Activity"("teamId", "subjectId", "at");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- The record is append-only, whoever asks. A migration that redefines the table has to make these again.
CREATE TRIGGER "Activity_no_update" BEFORE UPDATE ON "Activity"
BEGIN
    SELECT RAISE(ABORT, 'the activity record is append-only');
END;
CREATE TRIGGER "Activity_no_delete" BEFORE DELETE ON "Activity"
BEGIN
    SELECT RAISE(ABORT, 'the activity record is append-only');
END;
CREATE TRIGGER "Activity_no_gap" BEFORE INSERT ON "Activity"
WHEN NEW."sequence" IS NOT (SELECT COALESCE(MAX("sequence"), 0) + 1 FROM "Activity")
BEGIN
    SELECT RAISE(ABORT, 'the activity record continues with its next number');
END;

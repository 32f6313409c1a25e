-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Site" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "teamId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "head" INTEGER NOT NULL,
    "preset" TEXT NOT NULL,
    "hostnames" TEXT NOT NULL,
    "publicUrl" TEXT NOT NULL DEFAULT '',
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    "archivedAt" DATETIME,
    "goneAs" TEXT NOT NULL DEFAULT '',
    CONSTRAINT "Site_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_Site" ("archivedAt", "createdAt", "goneAs", "head", "hostnames", "id", "name", "preset", "teamId", "updatedAt") SELECT "archivedAt", "createdAt", "goneAs", "head", "hostnames", "id", "name", "preset", "teamId", "updatedAt" FROM "Site";
DROP TABLE "Site";
ALTER TABLE "new_Site" RENAME TO "Site";
CREATE INDEX "Site_teamId_updatedAt_idx" ON "Site"("teamId", "updatedAt");
CREATE UNIQUE INDEX "Site_teamId_name_goneAs_key" ON "Site"("teamId", "name", "goneAs");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Host" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "teamId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "transport" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "port" INTEGER NOT NULL DEFAULT 22,
    "user" TEXT NOT NULL DEFAULT 'root',
    "publicKey" TEXT,
    "secretId" TEXT,
    "hostKeyType" TEXT,
    "hostKeyFingerprint" TEXT,
    "seenKeyType" TEXT,
    "seenKeyFingerprint" TEXT,
    "facts" JSONB,
    "checks" JSONB,
    "checkedAt" DATETIME,
    "lastSeenAt" DATETIME,
    "lastError" JSONB,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    "archivedAt" DATETIME,
    "goneAs" TEXT NOT NULL DEFAULT '',
    CONSTRAINT "Host_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Host_secretId_fkey" FOREIGN KEY ("secretId") REFERENCES "Secret" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "new_Host" ("address", "archivedAt", "checkedAt", "checks", "createdAt", "facts", "hostKeyFingerprint", "hostKeyType", "id", "lastError", "lastSeenAt", "name", "port", "publicKey", "secretId", "seenKeyFingerprint", "seenKeyType", "teamId", "transport", "updatedAt", "user") SELECT "address", "archivedAt", "checkedAt", "checks", "createdAt", "facts", "hostKeyFingerprint", "hostKeyType", "id", "lastError", "lastSeenAt", "name", "port", "publicKey", "secretId", "seenKeyFingerprint", "seenKeyType", "teamId", "transport", "updatedAt", "user" FROM "Host";
DROP TABLE "Host";
ALTER TABLE "new_Host" RENAME TO "Host";
CREATE INDEX "Host_teamId_idx" ON "Host"("teamId");
CREATE UNIQUE INDEX "Host_teamId_name_goneAs_key" ON "Host"("teamId", "name", "goneAs");
CREATE TABLE "new_Site" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "teamId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "head" INTEGER NOT NULL,
    "preset" TEXT NOT NULL,
    "hostnames" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    "archivedAt" DATETIME,
    "goneAs" TEXT NOT NULL DEFAULT '',
    CONSTRAINT "Site_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_Site" ("archivedAt", "createdAt", "head", "hostnames", "id", "name", "preset", "teamId", "updatedAt") SELECT "archivedAt", "createdAt", "head", "hostnames", "id", "name", "preset", "teamId", "updatedAt" FROM "Site";
DROP TABLE "Site";
ALTER TABLE "new_Site" RENAME TO "Site";
CREATE INDEX "Site_teamId_updatedAt_idx" ON "Site"("teamId", "updatedAt");
CREATE UNIQUE INDEX "Site_teamId_name_goneAs_key" ON "Site"("teamId", "name", "goneAs");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

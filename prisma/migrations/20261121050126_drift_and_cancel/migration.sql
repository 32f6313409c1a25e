-- AlterTable
ALTER TABLE "Host" ADD COLUMN "driftCheckedAt" DATETIME;
ALTER TABLE "Host" ADD COLUMN "driftDueAt" DATETIME;
ALTER TABLE "Host" ADD COLUMN "unreachableSince" DATETIME;

-- AlterTable
ALTER TABLE "Apply" ADD COLUMN "cancelledAt" DATETIME;
ALTER TABLE "Apply" ADD COLUMN "cancelledById" TEXT;

-- CreateTable
CREATE TABLE "DriftFile" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "teamId" TEXT NOT NULL,
    "targetId" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "role" TEXT,
    "siteId" TEXT,
    "state" TEXT NOT NULL,
    "live" JSONB NOT NULL,
    "print" TEXT NOT NULL,
    "content" TEXT,
    "firstSeenAt" DATETIME NOT NULL,
    "changedAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME NOT NULL,
    "decision" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',
    "decidedById" TEXT,
    "decidedAt" DATETIME,
    CONSTRAINT "DriftFile_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "DriftFile_targetId_fkey" FOREIGN KEY ("targetId") REFERENCES "Target" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "DriftFile_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "User" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "DriftFile_teamId_decision_idx" ON "DriftFile"("teamId", "decision");

-- CreateIndex
CREATE INDEX "DriftFile_siteId_idx" ON "DriftFile"("siteId");

-- CreateIndex
CREATE UNIQUE INDEX "DriftFile_targetId_path_key" ON "DriftFile"("targetId", "path");

-- AlterTable
ALTER TABLE "Apply" ADD COLUMN "decidedAt" DATETIME;
ALTER TABLE "Apply" ADD COLUMN "decidedById" TEXT;
ALTER TABLE "Apply" ADD COLUMN "decision" TEXT;

-- CreateTable
CREATE TABLE "PlanSite" (
    "planId" TEXT NOT NULL,
    "siteId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,

    PRIMARY KEY ("planId", "siteId"),
    CONSTRAINT "PlanSite_planId_fkey" FOREIGN KEY ("planId") REFERENCES "Plan" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "PlanSite_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Plan" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "teamId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "createdById" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "creates" INTEGER NOT NULL DEFAULT 0,
    "updates" INTEGER NOT NULL DEFAULT 0,
    "deletes" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Plan_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Plan_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "new_Plan" ("createdAt", "createdById", "hash", "id", "status", "teamId") SELECT "createdAt", "createdById", "hash", "id", "status", "teamId" FROM "Plan";
DROP TABLE "Plan";
ALTER TABLE "new_Plan" RENAME TO "Plan";
CREATE INDEX "Plan_teamId_createdAt_idx" ON "Plan"("teamId", "createdAt");
CREATE TABLE "new_ApplyTarget" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "applyId" TEXT NOT NULL,
    "targetId" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL,
    "holdUntil" DATETIME,
    "startedAt" DATETIME,
    "finishedAt" DATETIME,
    "failure" JSONB,
    CONSTRAINT "ApplyTarget_applyId_fkey" FOREIGN KEY ("applyId") REFERENCES "Apply" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ApplyTarget_targetId_fkey" FOREIGN KEY ("targetId") REFERENCES "Target" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_ApplyTarget" ("applyId", "failure", "finishedAt", "holdUntil", "id", "startedAt", "status", "targetId") SELECT "applyId", "failure", "finishedAt", "holdUntil", "id", "startedAt", "status", "targetId" FROM "ApplyTarget";
DROP TABLE "ApplyTarget";
ALTER TABLE "new_ApplyTarget" RENAME TO "ApplyTarget";
CREATE UNIQUE INDEX "ApplyTarget_applyId_targetId_key" ON "ApplyTarget"("applyId", "targetId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "PlanSite_siteId_idx" ON "PlanSite"("siteId");

-- CreateTable
CREATE TABLE "Lowering" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "teamId" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "lowers" JSONB NOT NULL,
    "askedById" TEXT,
    "askedAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dueAt" DATETIME,
    "endedAt" DATETIME,
    "outcome" TEXT,
    "decidedById" TEXT,
    CONSTRAINT "Lowering_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Lowering_teamId_endedAt_idx" ON "Lowering"("teamId", "endedAt");

-- CreateIndex
CREATE INDEX "Lowering_endedAt_dueAt_idx" ON "Lowering"("endedAt", "dueAt");

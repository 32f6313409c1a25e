-- CreateTable
CREATE TABLE "TargetInventory" (
    "targetId" TEXT NOT NULL PRIMARY KEY,
    "document" JSONB,
    "error" TEXT NOT NULL DEFAULT '',
    "readAt" DATETIME NOT NULL,
    CONSTRAINT "TargetInventory_targetId_fkey" FOREIGN KEY ("targetId") REFERENCES "Target" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

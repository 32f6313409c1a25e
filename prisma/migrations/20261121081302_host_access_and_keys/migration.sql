-- AlterTable: columns are added in place. Making the table anew would drop it, and with it what refers to it.
ALTER TABLE "Host" ADD COLUMN "access" TEXT NOT NULL DEFAULT 'direct';
ALTER TABLE "Host" ADD COLUMN "login" TEXT NOT NULL DEFAULT 'key';
ALTER TABLE "Host" ADD COLUMN "keyMade" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Host" ADD COLUMN "keyChangedAt" DATETIME;
ALTER TABLE "Host" ADD COLUMN "nextAccess" TEXT;
ALTER TABLE "Host" ADD COLUMN "nextPublicKey" TEXT;
ALTER TABLE "Host" ADD COLUMN "nextSecretId" TEXT REFERENCES "Secret" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Host" ADD COLUMN "oldPublicKey" TEXT;
ALTER TABLE "Host" ADD COLUMN "oldUser" TEXT;
ALTER TABLE "Host" ADD COLUMN "jumpHostId" TEXT REFERENCES "Host" ("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "Host_jumpHostId_idx" ON "Host"("jumpHostId");

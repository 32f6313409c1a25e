-- AlterTable
ALTER TABLE "SiteTarget" ADD COLUMN "heldAt" DATETIME;
ALTER TABLE "SiteTarget" ADD COLUMN "heldByApplyId" TEXT;
ALTER TABLE "SiteTarget" ADD COLUMN "heldHead" INTEGER;

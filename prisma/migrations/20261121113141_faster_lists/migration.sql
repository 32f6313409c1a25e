-- DropIndex
DROP INDEX "Site_teamId_updatedAt_idx";

-- DropIndex
DROP INDEX "SiteTarget_targetId_idx";

-- DropIndex
DROP INDEX "PlanSite_siteId_idx";

-- DropIndex
DROP INDEX "ProbeResult_siteId_at_idx";

-- CreateIndex
CREATE INDEX "Site_teamId_archivedAt_name_idx" ON "Site"("teamId", "archivedAt", "name");

-- CreateIndex
CREATE INDEX "Site_teamId_archivedAt_updatedAt_idx" ON "Site"("teamId", "archivedAt", "updatedAt");

-- CreateIndex
CREATE INDEX "SiteTarget_targetId_siteId_idx" ON "SiteTarget"("targetId", "siteId");

-- CreateIndex
CREATE INDEX "ListSite_siteId_idx" ON "ListSite"("siteId");

-- CreateIndex
CREATE INDEX "PlanSite_siteId_planId_idx" ON "PlanSite"("siteId", "planId");

-- CreateIndex
CREATE INDEX "Apply_planId_idx" ON "Apply"("planId");

-- CreateIndex
CREATE INDEX "ProbeResult_siteId_targetId_kind_phase_at_idx" ON "ProbeResult"("siteId", "targetId", "kind", "phase", "at");

-- Finds parts of words in the record, which would else be read whole at every search. Its rows are the places in the chain; it keeps no text of its
-- own. A migration that redefines "Activity" has to make the trigger again.
CREATE VIRTUAL TABLE "ActivityWords" USING fts5("words", content='', tokenize='trigram');
INSERT INTO "ActivityWords" ("rowid", "words")
    SELECT "sequence", "subject" || char(10) || "actorLabel" || char(10) || "address" FROM "Activity" WHERE "sequence" IS NOT NULL;
CREATE TRIGGER "Activity_words" AFTER INSERT ON "Activity" WHEN NEW."sequence" IS NOT NULL
BEGIN
    INSERT INTO "ActivityWords" ("rowid", "words")
        VALUES (NEW."sequence", NEW."subject" || char(10) || NEW."actorLabel" || char(10) || NEW."address");
END;

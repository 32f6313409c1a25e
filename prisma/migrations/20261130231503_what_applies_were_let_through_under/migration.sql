-- AlterTable
ALTER TABLE "Apply" ADD COLUMN "terms" JSONB;

-- AlterTable
ALTER TABLE "ApplyTarget" ADD COLUMN "moves" JSONB;

-- CreateIndex
CREATE INDEX "ApplyTarget_targetId_status_idx" ON "ApplyTarget"("targetId", "status");

-- What is known of applies that were made before: what they moved stands in their plans,
UPDATE "ApplyTarget" SET "moves" = (
  SELECT json_group_array(json_object(
    'siteId', json_extract(s.value, '$.siteId'),
    'from', json_extract(s.value, '$.from'),
    'to', json_extract(s.value, '$.to')))
  FROM "Apply" a
  JOIN "PlanTarget" p ON p."planId" = a."planId" AND p."targetId" = "ApplyTarget"."targetId"
  JOIN json_each(p."document", '$.sites') s
  WHERE a."id" = "ApplyTarget"."applyId" AND json_extract(s.value, '$.selected')
);

-- and who approved them in the record. Without an approval it is not known what let them through.
UPDATE "Apply" SET "terms" = (
  SELECT json_object(
    'exempt', json('false'),
    'asked', json_array_length(r."detail", '$.approvedBy'),
    'approvals', json_array_length(r."detail", '$.approvedBy'),
    'freezes', json_array())
  FROM "Activity" r
  WHERE r."event" = 'apply.started' AND r."subjectId" = "Apply"."id" AND json_array_length(r."detail", '$.approvedBy') > 0
  LIMIT 1
);

import 'server-only';
import { z } from 'zod';
import type { ActivityRow } from '#api/contract/activity';
import { ChangedField } from '#core/activity/changed-fields';
import type { Activity } from '../../../generated/prisma/client';

const Detail = z
  .object({ fields: z.array(ChangedField).catch([]).default([]) })
  .catchall(z.json())
  .nullable()
  .catch(null);

/** A row for people. */
export function describeActivity(row: Activity): ActivityRow {
  const { fields, ...facts } = Detail.parse(row.detail) ?? { fields: [] };
  return {
    id: row.id,
    sequence: row.sequence,
    hash: row.hash,
    at: row.at.toISOString(),
    actorId: row.actorId,
    actor: row.actorLabel,
    address: row.address,
    event: row.event,
    subject: row.subject,
    subjectId: row.subjectId,
    requestId: row.requestId,
    fields,
    facts,
  };
}

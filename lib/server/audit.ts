import 'server-only';
import type { AuditEvent } from '#api/operation';
import type { Prisma } from '../generated/prisma/client';
import type { WriteDb } from './db';

/** What the person changed, in words for the activity page. */
export interface AuditSubject {
  /** `site ci.example.com` */
  readonly subject: string;
  readonly subjectId?: string | null;
  /** Facts worth keeping; never a secret, never a whole document. */
  readonly detail?: Prisma.InputJsonObject;
}

export interface AuditEntry extends AuditSubject {
  readonly event: AuditEvent;
  /** Teams whose record shows it; `[null]` for what a person without a team did. */
  readonly teamIds: readonly (string | null)[];
  readonly actorId: string | null;
  readonly actorLabel: string;
  readonly address: string;
  readonly requestId: string;
}

/** Writes the record in the caller's transaction: the change and its record exist together or not at all. */
export async function writeAudit(tx: WriteDb, entry: AuditEntry): Promise<void> {
  const { teamIds, detail, subjectId, ...row } = entry;
  for (const teamId of teamIds) {
    await tx.activity.create({
      data: { ...row, teamId, subjectId: subjectId ?? null, ...(detail ? { detail } : {}) },
    });
  }
}

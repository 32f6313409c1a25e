import 'server-only';
import type { AuditEvent } from '#api/operation';
import type { Prisma } from '../../generated/prisma/client';
import { db, type WriteDb } from '../platform/database/db';
import { chainEnd, digestBefore } from './chain-end';
import { recordHash } from './record-hash';

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

/**
 * Writes the record in the caller's transaction: the change and its record exist together or not at all. Each row takes the next place in the
 * chain over all teams, and its hash covers the row before it.
 */
export async function writeAudit(tx: WriteDb, entry: AuditEntry): Promise<void> {
  const { teamIds, detail, subjectId, ...row } = entry;
  let end = await chainEnd(tx);
  for (const teamId of teamIds) {
    // What the first row of all follows from is read once, from the unnarrowed database.
    const previous = end.sequence === 0 ? await digestBefore(db()) : end.hash;
    const sequence = end.sequence + 1;
    const at = new Date();
    // As it will be read again: JSON knows no undefined.
    const stored = detail ? (JSON.parse(JSON.stringify(detail)) as Prisma.InputJsonObject) : null;
    // Ids sort like the chain, for rows of one millisecond.
    const id = `a${sequence.toString().padStart(12, '0')}`;
    const data = { ...row, id, sequence, teamId, at, subjectId: subjectId ?? null };
    const hash = recordHash({ ...data, at: at.toISOString(), detail: stored }, previous);
    await tx.activity.create({ data: { ...data, hash, ...(stored ? { detail: stored } : {}) } });
    end = { sequence, hash };
  }
}

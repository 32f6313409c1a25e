/** One row of the activity record, as its chain sees it. */
export interface ActivityRecord {
  /** Place in the chain, from 1; `null` for what was recorded before there was one. */
  readonly sequence: number | null;
  readonly id: string;
  readonly teamId: string | null;
  /** ISO 8601 in UTC, with milliseconds. */
  readonly at: string;
  readonly actorId: string | null;
  readonly actorLabel: string;
  readonly address: string;
  readonly requestId: string;
  readonly event: string;
  readonly subject: string;
  readonly subjectId: string | null;
  readonly detail: unknown;
}

/** Keys in one order, whatever order they were written or stored in. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, sorted(part)]),
  );
}

/**
 * The text that a row's hash is taken over: the hash of the row before it, and every field of its own. A list, not an object, so that no
 * value can pass for another field's. Changing this breaks every chain there is.
 *
 * @param previousHash of the row before; empty for the very first
 */
export function canonicalRecord(record: ActivityRecord, previousHash: string): string {
  return JSON.stringify([
    previousHash,
    record.sequence,
    record.id,
    record.teamId,
    record.at,
    record.actorId,
    record.actorLabel,
    record.address,
    record.requestId,
    record.event,
    record.subject,
    record.subjectId,
    sorted(record.detail),
  ]);
}

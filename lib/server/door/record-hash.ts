import 'server-only';
import { createHash } from 'node:crypto';
import { type ActivityRecord, canonicalRecord } from '#core/activity/canonical-record';

/** Hash of a row in the chain: sha256 over the hash of the row before it and its own canonical form, in hex. */
export const recordHash = (record: ActivityRecord, previousHash: string): string =>
  createHash('sha256').update(canonicalRecord(record, previousHash)).digest('hex');

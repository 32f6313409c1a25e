import 'server-only';
import { z } from 'zod';
import type { Host } from '#api/contract/hosts';
import { Prisma } from '../../generated/prisma/client';
import { hostStatus } from './host-status';
import { StoredFacts } from './stored-facts';

const { sql } = Prisma;

/** Columns of a host `h` that every list of hosts shows. */
export const hostColumns = sql`
  h."id", h."name", h."transport", h."access", h."hostKeyFingerprint", h."seenKeyFingerprint", CAST(h."facts" AS TEXT) AS "facts",
  json_type(h."lastError") IS 'object' AS "failing", coalesce(json_array_length(h."checks"), 0) > 0 AS "checked",
  CAST(h."checks" AS TEXT) AS "checks",
  h."groupId", (SELECT g."name" FROM "HostGroup" g WHERE g."id" = h."groupId") AS "groupName"`;

export interface HostColumns {
  readonly id: string;
  readonly name: string;
  readonly transport: string;
  readonly access: string;
  readonly hostKeyFingerprint: string | null;
  readonly seenKeyFingerprint: string | null;
  readonly facts: string | null;
  readonly failing: bigint | number;
  readonly checked: bigint | number;
  readonly checks: string | null;
  readonly groupId: string | null;
  readonly groupName: string | null;
}

const Facts = StoredFacts.nullable();

/** Reads stored facts. Hosts that were installed alike have the same ones: these are read once. */
export function factsReader(): (stored: string | null) => StoredFacts | null {
  const read = new Map<string, StoredFacts | null>();
  return (stored) => {
    if (stored === null) return null;
    const known = read.get(stored);
    if (known !== undefined) return known;
    const facts = Facts.parse(JSON.parse(stored));
    read.set(stored, facts);
    return facts;
  };
}

const Checks = z.array(z.object({ status: z.string() }));

/** Whether a check failed. Mostly none did, and then the list is not taken apart: for five hundred hosts that takes longer than all else. */
function anyFailed(checks: string | null): boolean {
  if (!checks?.includes('"failed"')) return false;
  return Checks.parse(JSON.parse(checks)).some(({ status }) => status === 'failed');
}

const Transport = z.enum(['ssh', 'local']);
const Access = z.enum(['direct', 'enrolled']);

/** What all lists say of a host. */
export const describeColumns = (row: HostColumns) => ({
  id: row.id,
  name: row.name,
  transport: Transport.parse(row.transport) satisfies Host['transport'],
  access: Access.parse(row.access) satisfies Host['access'],
  status: hostStatus({
    ...row,
    failing: Boolean(row.failing),
    checked: Boolean(row.checked),
    red: anyFailed(row.checks),
  }),
  group: row.groupId === null ? null : { id: row.groupId, name: row.groupName ?? '' },
});

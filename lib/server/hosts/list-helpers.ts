import 'server-only';
import { z } from 'zod';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { helperSha256 } from './helper/helper-text';
import { StoredFacts } from './stored-facts';

const LastError = z.object({ code: z.string() });

/** By its text as it was seen last; a host that was seen by an earlier dashboard has only the failure on record. */
function helperOf(facts: unknown, lastError: unknown): 'current' | 'outdated' | 'unknown' {
  if (LastError.nullable().parse(lastError)?.code === 'helper-outdated') return 'outdated';
  const seen = StoredFacts.nullable().parse(facts)?.helperSha256;
  if (seen === undefined) return 'unknown';
  return seen === helperSha256() ? 'current' : 'outdated';
}

/** The locked-down hosts, by name, and whether their helper is the one of this dashboard. */
export const listHelpers: Handler<typeof contract.hosts.helpers> = async ({ db }) => {
  const rows = await db.host.findMany({
    where: { access: 'enrolled', archivedAt: null },
    orderBy: { name: 'asc' },
    select: {
      id: true,
      name: true,
      address: true,
      port: true,
      facts: true,
      lastError: true,
      lastSeenAt: true,
    },
  });
  const items = rows.map(({ facts, lastError, lastSeenAt, ...host }) => ({
    ...host,
    helper: helperOf(facts, lastError),
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
  }));
  return { items };
};

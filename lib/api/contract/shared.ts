import { z } from 'zod';

export const TeamParams = z.object({ team: z.string().min(1).max(64).describe('Id or slug of the team') });
export const IdParams = TeamParams.extend({ id: z.string().min(1).max(64) });

/** Names one thing of ours. */
export const Id = z.string().max(64);

/** Instants travel as ISO 8601 in UTC. */
export const Instant = z.iso.datetime().max(40);

/** Cursor pagination: pass `next` of one answer as `cursor` of the following request. */
export const PageQuery = z.object({
  cursor: z.string().max(128).optional().describe('`next` of the answer before; absent for the first page'),
  limit: z.coerce.number().int().min(1).max(500).default(100).describe('Rows of one answer, 1 to 500'),
});
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable(), total: z.int() });

export const Person = z.object({ id: z.string(), name: z.string(), email: z.string() });

import { z } from 'zod';
import { operation, reading } from '../operation';
import { IdParams, Instant, Person } from './shared';

export const BlamedField = z.object({
  /** `limits.bodySizeMib` */
  path: z.string(),
  /** In words. */
  field: z.string(),
  value: z.string(),
  /** The revision that gave it this value. */
  revision: z.int(),
  /** What the form fills in by itself. */
  isDefault: z.boolean(),
  message: z.string(),
  author: Person.nullable(),
  at: Instant,
});
export type BlamedField = z.infer<typeof BlamedField>;

/** Who changed what last. Part of the group `sites`. */
export const blaming = {
  blame: operation({
    id: 'sites.blame',
    method: 'GET',
    path: '/api/v1/teams/{team}/sites/{id}/blame',
    summary: 'For every field of a site: who changed it last, when and in which revision',
    gate: { kind: 'team', permission: 'sites.read' },
    rateLimit: reading,
    audit: null,
    params: IdParams,
    query: null,
    body: null,
    response: z.object({
      items: z.array(BlamedField),
      /** Fields of a very large site that are left out here. */
      more: z.int(),
    }),
    status: 200,
  }),
};

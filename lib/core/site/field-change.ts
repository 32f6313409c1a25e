import { z } from 'zod';

/** A field of a site document that differs between two versions, in words for people. */
export const FieldChange = z.object({
  /** `upstreams[main].servers[10.0.0.1:8080].weight` */
  path: z.string(),
  /** `Upstream main, server 10.0.0.1:8080, weight` */
  field: z.string(),
  kind: z.enum(['added', 'removed', 'changed']),
  /** Values as people read them; `null` where there is none. */
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type FieldChange = z.infer<typeof FieldChange>;

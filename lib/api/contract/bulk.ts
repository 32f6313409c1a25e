import { z } from 'zod';
import { Issue } from '#core/issue';
import { BulkFields } from '#core/site/bulk-fields';
import { FieldChange } from '#core/site/field-change';
import { Line } from '#core/site/text';
import { operation } from '../operation';
import { TeamParams } from './shared';

export const EditedSite = z.object({
  id: z.string(),
  name: z.string(),
  /** Revision that it was compared with. */
  head: z.int(),
  action: z.enum(['update', 'unchanged', 'refused']),
  changes: z.array(FieldChange),
  issues: z.array(Issue),
});
export type EditedSite = z.infer<typeof EditedSite>;

export const BulkEditInput = z.strictObject({
  siteIds: z.array(z.string().max(64)).min(1, 'choose a site').max(10_000),
  set: BulkFields,
  dryRun: z.boolean(),
  /** Of the dry run that was looked at; needed for the real run. */
  digest: z.string().max(64).optional(),
  /** Of each revision that is saved. */
  message: Line(500).default(''),
});

/** One edit of many sites. Part of the group `sites`. */
export const bulk = {
  edit: operation({
    id: 'sites.edit',
    method: 'POST',
    path: '/api/v1/teams/{team}/sites/edits',
    summary: 'Set fields of many sites: a dry run first, then all of them as revisions or nothing',
    gate: { kind: 'team', permission: 'sites.write' },
    rateLimit: { points: 60, perSeconds: 60 },
    audit: 'site.edited-together',
    proof: 'none',
    params: TeamParams,
    query: null,
    body: BulkEditInput,
    response: z.object({
      dryRun: z.boolean(),
      /** Names exactly what this dry run found; the real run takes place only if it would find the same. */
      digest: z.string(),
      counts: z.object({ update: z.int(), unchanged: z.int(), refused: z.int() }),
      sites: z.array(EditedSite),
    }),
    status: 200,
    dryRun: true,
  }),
};

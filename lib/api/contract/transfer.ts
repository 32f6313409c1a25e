import { z } from 'zod';
import { Issue } from '#core/issue';
import { FieldChange } from '#core/site/field-change';
import { Line } from '#core/site/text';
import { operation, type RateLimit } from '../operation';
import { TeamParams } from './shared';

/** Reading and comparing thousands of documents is work. */
const heavy: RateLimit = { points: 60, perSeconds: 60 };

export const SitesFileFormat = z.enum(['yaml', 'json']);
export type SitesFileFormat = z.infer<typeof SitesFileFormat>;

/** A finding and its position in the text, from 1; `null` where the text has no such place. */
export const ImportIssue = Issue.extend({ line: z.int().nullable(), column: z.int().nullable() });
export type ImportIssue = z.infer<typeof ImportIssue>;

export const ImportedSite = z.object({
  /** Empty where the text does not say. */
  name: z.string(),
  action: z.enum(['create', 'update', 'unchanged', 'refused']),
  /** Of the site that the name belongs to, `null` for a new one. */
  siteId: z.string().nullable(),
  /** Revision that it was compared with. */
  head: z.int().nullable(),
  /** Field by field; at most the first 50. */
  changes: z.array(FieldChange),
  changeCount: z.int(),
  /** Both as they are in an exported file, to compare line by line; for the first 200 sites that change. */
  text: z.object({ before: z.string(), after: z.string() }).nullable(),
  issues: z.array(ImportIssue),
});
export type ImportedSite = z.infer<typeof ImportedSite>;

export const ImportResult = z.object({
  dryRun: z.boolean(),
  /** Names exactly what this dry run found; the real run takes place only if it would find the same. */
  digest: z.string(),
  counts: z.object({ create: z.int(), update: z.int(), unchanged: z.int(), refused: z.int() }),
  sites: z.array(ImportedSite),
  /** Findings about the file as a whole. */
  issues: z.array(ImportIssue),
});
export type ImportResult = z.infer<typeof ImportResult>;

export const ImportInput = z.strictObject({
  /** YAML or JSON: one site document, or `schemaVersion` and `sites`. */
  text: z.string().min(1, 'is empty').max(6_000_000),
  dryRun: z.boolean(),
  /** Of the dry run that was looked at; needed for the real run. */
  digest: z.string().max(64).optional(),
  /** Of each revision that is saved. */
  message: Line(500).default(''),
  /** Name of a list to put all sites of the file on; made where there is none. */
  list: Line(100).trim().min(1, 'enter a name').optional(),
});

/** Sites as a file, out and in. Part of the group `sites`. */
export const transfer = {
  export: operation({
    id: 'sites.export',
    method: 'GET',
    path: '/api/v1/teams/{team}/sites/export',
    summary: 'Export sites as one file: all of the team, those of a list, or chosen ones',
    gate: { kind: 'team', permission: 'sites.read' },
    rateLimit: heavy,
    audit: null,
    params: TeamParams,
    query: z.object({
      format: SitesFileFormat.default('yaml'),
      listId: z.string().max(64).optional(),
      /** Ids of sites, with commas between them. */
      ids: z
        .string()
        .max(16_000)
        .regex(/^[\w-]{1,64}(?:,[\w-]{1,64})*$/, 'must be ids with commas between them')
        .optional(),
    }),
    body: null,
    response: z.object({
      format: SitesFileFormat,
      fileName: z.string(),
      /** How many sites the file holds. */
      sites: z.int(),
      text: z.string(),
    }),
    status: 200,
  }),
  import: operation({
    id: 'sites.import',
    method: 'POST',
    path: '/api/v1/teams/{team}/sites/import',
    summary: 'Import sites from a file: a dry run first, then all of it or nothing',
    gate: { kind: 'team', permission: 'sites.write' },
    rateLimit: heavy,
    audit: 'site.imported',
    proof: 'none',
    params: TeamParams,
    query: null,
    body: ImportInput,
    response: ImportResult,
    status: 200,
    multiline: ['text'],
    dryRun: true,
    maxBodyMib: 12,
  }),
};

import 'server-only';
import type { z } from 'zod';
import type { SharedSite } from '#api/contract/shared-lists';
import { PresetId } from '#core/site/schema';
import type { Site as SiteRow } from '../../../generated/prisma/client';
import { splitNames } from '../site-columns';

/** What another team sees of a site: neither where it runs nor how it is. */
export const describeSharedSite = (row: SiteRow): z.input<typeof SharedSite> => ({
  id: row.id,
  name: row.name,
  preset: PresetId.parse(row.preset),
  hostnames: splitNames(row.hostnames),
  publicUrl: row.publicUrl,
  head: row.head,
  updatedAt: row.updatedAt.toISOString(),
});

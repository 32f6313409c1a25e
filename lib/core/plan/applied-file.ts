import { z } from 'zod';
import { Change } from '../change/change';
import { DesiredFile } from '../change/file-state';

/** What our last successful apply left at a path: a whole file or link of ours, or single lines in a file that is not ours. */
export const AppliedDocument = z.discriminatedUnion('kind', [
  ...DesiredFile.options,
  z.object({ kind: z.literal('lines'), path: z.string().startsWith('/'), lines: z.array(z.string()).min(1) }),
]);
export type AppliedDocument = z.infer<typeof AppliedDocument>;

export const AppliedFile = z.object({
  document: AppliedDocument,
  role: Change.shape.role,
  /** Name of the site it belongs to, `null` for shared files. */
  site: z.string().nullable(),
});
export type AppliedFile = z.infer<typeof AppliedFile>;

import { z } from 'zod';
import { Fingerprint } from './file-state';

/** What happens to one path. `content`/`target` is the new state; deleting leaves nothing. */
export const Change = z.object({
  path: z.string().startsWith('/'),
  action: z.enum(['create', 'update', 'delete', 'noop']),
  /** What was there when the plan was made; the host compares it again before the first write. */
  before: Fingerprint,
  /** Text that is there now; `null` for `noop` (it is the new state's), for links and where it could not be read. */
  beforeContent: z.string().nullable(),
  after: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('absent') }),
    z.object({ kind: z.literal('file'), content: z.string(), sha256: z.string(), mode: z.int() }),
    z.object({ kind: z.literal('link'), target: z.string() }),
  ]),
  /** `site`: ours alone. `shared`: ours, for all sites of the target. `include`: one line in a file that is not ours. */
  role: z.enum(['site', 'shared', 'enable', 'include']),
  /** Name of the site it belongs to, `null` for shared files. */
  site: z.string().nullable(),
  /**
   * The path is not as we left it: someone changed it by hand since our last apply. Together with `noop`: it stays that way,
   * since its site is not part of the plan.
   */
  drifted: z.boolean(),
  /** What our last apply had written, for the three-way view; `null` when never applied or not drifted. */
  lastApplied: z.string().nullable(),
});
export type Change = z.infer<typeof Change>;

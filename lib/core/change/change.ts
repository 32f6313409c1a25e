import { z } from 'zod';
import { Fingerprint } from './file-state';

/**
 * What makes a change one of somebody else's file. `take`: these bytes of the old text go (the whole path where there are none), in the same apply that
 * brings ours. `bring`: back to what an earlier apply took, from the copy that the host kept of it.
 */
export const HandOverAct = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('take'),
    ranges: z.array(z.object({ start: z.int().min(0), length: z.int().min(1) })).max(200),
  }),
  z.object({ act: z.literal('bring'), applyId: z.string() }),
]);
export type HandOverAct = z.infer<typeof HandOverAct>;

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
  /**
   * `site`: ours alone. `shared`: ours, for all sites of the target. `include`: one line in a file that is not ours. `handover`: blocks of somebody else that
   * ours take the place of (a line of ours may be added as well).
   */
  role: z.enum(['site', 'shared', 'enable', 'include', 'handover']),
  handOver: HandOverAct.optional(),
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

import { z } from 'zod';

/** Absolute path on a host as it appears in host answers; narrower rules apply to what we write (see `HostPath`). */
const AnyPath = z.string().min(2).max(4096).startsWith('/');
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Mode = z.int().min(0).max(0o7777);

/**
 * What a path looked like at one moment. "Absent" is a state too: a plan that saw nothing there must not overwrite
 * something that appeared since (guarantee G1).
 */
export const Fingerprint = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('absent') }),
  z.object({
    kind: z.literal('file'),
    sha256: Sha256,
    mode: Mode,
    owner: z.string().max(64),
    group: z.string().max(64),
  }),
  z.object({ kind: z.literal('link'), target: z.string().max(4096) }),
  /** A directory, device, socket or fifo: never touched. */
  z.object({ kind: z.literal('other') }),
]);
export type Fingerprint = z.infer<typeof Fingerprint>;

/** A path as found on the host; `content` only for files that were read. */
export const LiveFile = z.object({ path: AnyPath, fingerprint: Fingerprint, content: z.string().nullable() });
export type LiveFile = z.infer<typeof LiveFile>;

/** A path as it should be. Owner is always root:root. */
export const DesiredFile = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), path: AnyPath, content: z.string(), sha256: Sha256, mode: Mode }),
  z.object({ kind: z.literal('link'), path: AnyPath, target: z.string().max(4096) }),
]);
export type DesiredFile = z.infer<typeof DesiredFile>;

import { z } from 'zod';
import { Change } from '../change/change';
import { Issue } from '../issue';
import { ProbeOutcome } from '../probe/probe-outcome';
import { BlockIdentity } from '../servers/types';
import { FieldChange } from '../site/field-change';
import { RenderTarget } from '../web-server/render-target';

/** The verdict of the host's own config test on the proposed tree, before anything live is touched. */
export const Preflight = z.object({
  status: z.enum(['passed', 'failed', 'not-run']),
  /**
   * `namespace`: in a private mount namespace at the real paths. `copy`: on a copy beside; includes may differ. `live`: only the
   * tree as it is could be tested.
   */
  method: z.enum(['namespace', 'copy', 'live']).nullable(),
  /** The same test on the tree as it is now (G7): a fault that was there before is not ours. */
  baseline: z.enum(['passed', 'failed', 'not-run']),
  /** The tool's own words, capped; hostile text. */
  output: z.string(),
  baselineOutput: z.string(),
  /** Errors mapped back to the form field that made the line, where one did. */
  issues: z.array(Issue),
});
export type Preflight = z.infer<typeof Preflight>;

/** The change set for one web server on one host, against the live state that was read. Immutable once made. */
export const TargetPlan = z.object({
  targetId: z.string(),
  hostId: z.string(),
  hostName: z.string(),
  target: RenderTarget,
  sites: z.array(
    z.object({
      siteId: z.string(),
      name: z.string(),
      /** Revision running here now, `null` when none. */
      from: z.int().nullable(),
      /** Revision that will run, `null` when the site is removed. */
      to: z.int().nullable(),
      /** Chosen for this plan; the others are kept as they are. */
      selected: z.boolean(),
      /** What the move changes about the site, in words; absent for a first apply, a removal, and plans from before this was kept. */
      fields: z.array(FieldChange).optional(),
    }),
  ),
  changes: z.array(Change),
  /** Pairs of the chosen sites that the host makes (see `MadeCertificate`): it keeps one that is there and good, otherwise the apply makes it. */
  certificates: z.array(
    z.object({
      kind: z.enum(['self-signed', 'acme']).default('self-signed'),
      certificatePath: z.string(),
      keyPath: z.string(),
      hostnames: z.array(z.string()),
      /** It was not on the host when the plan was made. Plans of before this was asked say so of all. */
      missing: z.boolean().default(true),
    }),
  ),
  /**
   * What has to be done although no text changes. `reload`: a certificate was replaced on the disk and the server has not loaded it. `renew`: a pair that
   * the host makes itself is about to end.
   */
  chores: z
    .array(z.object({ kind: z.enum(['reload', 'renew']), site: z.string(), certificatePath: z.string() }))
    .optional(),
  listeners: z.array(z.object({ port: z.int(), protocol: z.enum(['tcp', 'udp']) })),
  /** Blocks of the chosen sites, each of which must be seen to answer. Plans of before this was asked have none. */
  identities: z.array(BlockIdentity).default([]),
  modules: z.array(z.string()),
  /** The web server was not running when the plan was made: the apply starts it. */
  startServer: z.boolean(),
  preflight: Preflight,
  /** SHA-256 of what Caddy ran when the plan was made, where its file does not give that and a person let it go (see `ranDecision`). */
  running: z.string().optional(),
  /** What a person let through when the plan was made, and why. */
  accepted: z.array(z.object({ id: z.string(), reason: z.string() })).default([]),
  /** Blocks of somebody else that this plan takes over, as `FILE:LINE`. */
  takenOver: z.array(z.string()).default([]),
  /** Everything a reviewer should know; one of severity `error` blocks the apply. */
  issues: z.array(Issue),
  baselineProbes: z.array(ProbeOutcome),
});
export type TargetPlan = z.infer<typeof TargetPlan>;

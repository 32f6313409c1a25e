import { z } from 'zod';

/** The functional checks of a site through its proxy. */
export const ProbeKind = z.enum([
  'redirect',
  'certificate',
  'page',
  'websocket',
  'event-stream',
  'forwarded-headers',
  'unknown-host',
]);
export type ProbeKind = z.infer<typeof ProbeKind>;

/** What one probe saw. `skipped` says why in `message`; it is never counted as passed. */
export const ProbeOutcome = z.object({
  site: z.string(),
  kind: ProbeKind,
  status: z.enum(['passed', 'failed', 'skipped']),
  /** One sentence for people: what was expected and what was received. */
  message: z.string(),
  /** Facts seen, such as `status`, `location`, `expiresAt`, `subprotocol`. Never bodies, cookies or tokens. */
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  durationMs: z.number(),
});
export type ProbeOutcome = z.infer<typeof ProbeOutcome>;

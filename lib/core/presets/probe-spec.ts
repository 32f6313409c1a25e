import { z } from 'zod';

const Path = z.string().startsWith('/');

/**
 * What a functional check through the proxy asks and expects, as data. Paths are public paths. Specs say nothing of hosts, ports or
 * TLS: the executor takes those from the site's public address and the target it probes.
 */
export const ProbeSpec = z.discriminatedUnion('kind', [
  /** Plain http answers with this redirect to the public https address. Skipped for sites without TLS. */
  z.object({ kind: z.literal('redirect'), path: Path, status: z.int(), location: z.string() }),
  /** The certificate covers all host names and is not expired; `trusted` false for self-signed ones. */
  z.object({ kind: z.literal('certificate'), hostnames: z.array(z.string()), trusted: z.boolean() }),
  /** A GET answers with one of these statuses (proxy sign-in: 401) and, where given, a body or redirect that shows the right application. */
  z.object({
    kind: z.literal('page'),
    path: Path,
    statuses: z.array(z.int()).min(1),
    bodyIncludes: z.string().optional(),
    contentType: z.string().optional(),
  }),
  /** An upgrade request answers 101. `frame`: wait for a first frame too. `sends`: a text frame to send first. */
  z.object({ kind: z.literal('websocket'), path: Path, sends: z.string().optional(), frame: z.boolean() }),
  /** An event stream answers with its headers at once and the first bytes within the time, unbuffered. */
  z.object({ kind: z.literal('event-stream'), path: Path, firstBytesWithinSeconds: z.int() }),
  /** The health path answers alike whether a client sends these forged headers or not. */
  z.object({ kind: z.literal('spoof'), path: Path, headers: z.record(z.string(), z.string()) }),
  /** A name that is not ours is not served by this site. */
  z.object({ kind: z.literal('unknown-host'), path: Path }),
]);
export type ProbeSpec = z.infer<typeof ProbeSpec>;

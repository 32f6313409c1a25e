import { z } from 'zod';
import { ServerKind } from '../web-server/render-target';

/** Where a block takes requests. */
export const ServedAddress = z.object({
  /** `*`: every IPv4 address on nginx, every address on Apache and Caddy. `[::]`: every IPv6 address (nginx). Else one address or name. */
  address: z.string(),
  /** 0: every port that the server listens on (Apache). */
  port: z.int(),
  tls: z.boolean(),
  /** Marked as the one that answers for names nobody has (nginx). */
  isDefault: z.boolean(),
  http2: z.boolean(),
});
export type ServedAddress = z.infer<typeof ServedAddress>;

/** One server block, virtual host or site block. */
export const ServedBlock = z.object({
  /** As the server reaches it, and the file itself where that is a link. */
  file: z.string(),
  real: z.string(),
  line: z.int(),
  endLine: z.int(),
  /** As written, in lower case: exact, with a wildcard, or a regular expression (`~…`, nginx). Empty: no name of its own. */
  names: z.array(z.string()),
  listens: z.array(ServedAddress),
  /** The path that its address names (Caddy), empty for all. */
  path: z.string(),
  /** Where it sends requests, as far as that is plain to see; for people. */
  upstream: z.string().nullable(),
  /** TLS versions that it asks for (`TLSv1.2`), `null` when it leaves them. */
  tlsVersions: z.array(z.string()).nullable(),
  /** The file has a name that only this product writes. */
  managed: z.boolean(),
});
export type ServedBlock = z.infer<typeof ServedBlock>;

/** Something that could not be read, so that what it says is not in the inventory. */
export const InventoryGap = z.object({ path: z.string(), line: z.int().nullable(), message: z.string() });
export type InventoryGap = z.infer<typeof InventoryGap>;

/** What one web server of a host serves, in the order in which it reads it. */
export const ServerInventory = z.object({
  server: ServerKind,
  running: z.boolean(),
  mainConfig: z.string().nullable(),
  blocks: z.array(ServedBlock),
  /** Sockets that the configuration asks for by themselves (Apache's Listen); `*`: every address. */
  sockets: z.array(z.object({ address: z.string(), port: z.int(), file: z.string(), line: z.int() })),
  gaps: z.array(InventoryGap),
  /** Caddy: what its global options say of the admin endpoint; `null`: nothing. */
  admin: z.string().nullable(),
  /** Header directives above all sites (nginx's http level), which sites inherit or lose. */
  above: z.array(z.object({ directive: z.string(), file: z.string(), line: z.int() })),
  tookMs: z.int().nullable().default(null),
});
export type ServerInventory = z.infer<typeof ServerInventory>;

const ourFile = /\/(?:00-)?gatehouse(?:-[^/]*)?\.(?:conf|caddy)$|^\/[^ ]*\/gatehouse\/[^/]*\.(?:conf|caddy)$/;

/** Whether a path has a name that only this product writes. */
export const isManagedPath = (path: string): boolean => ourFile.test(path);

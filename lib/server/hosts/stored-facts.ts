import 'server-only';
import { z } from 'zod';
import { LayoutId, ServerKind } from '#core/web-server/render-target';
import type { HostFacts } from './helper/host';

/** What the screens need of a host's last facts. */
export const StoredFacts = z.object({
  operatingSystem: z.string(),
  distribution: z.string(),
  /** Of the helper that answered. */
  helperSha256: z.string().optional(),
  servers: z.array(
    z.object({
      server: ServerKind,
      version: z.string().nullable(),
      openssl: z.string().nullable(),
      layout: LayoutId,
      modules: z.array(z.string()),
      running: z.boolean(),
    }),
  ),
});
export type StoredFacts = z.infer<typeof StoredFacts>;

export const storedFacts = ({ host, servers }: HostFacts): StoredFacts =>
  StoredFacts.parse({
    operatingSystem: host.title,
    distribution: host.distribution,
    helperSha256: host.helperSha256,
    servers,
  });

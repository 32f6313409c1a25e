import 'server-only';
import { z } from 'zod';

/** Of the archive's layout. A newer one is refused by older programs. */
export const archiveFormat = 1;

export const manifestName = 'manifest.json';
export const ArchivedName = z.enum(['gatehouse.db', 'secret.key']);
export type ArchivedName = z.infer<typeof ArchivedName>;

/** First entry of an archive: what it holds, so that every byte can be checked before any of it is used. */
export const Manifest = z.object({
  format: z.int().min(1),
  /** Of the program that made it. */
  version: z.string().max(64),
  createdAt: z.iso.datetime(),
  /** Names of the migrations that its database has. */
  migrations: z.array(z.string().max(200)).max(10_000),
  /** Fingerprints of the keys that its secrets were encrypted with. */
  keyIds: z.array(z.string().max(64)).max(1000),
  files: z
    .array(
      z.object({
        name: ArchivedName,
        bytes: z.int().min(0),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1)
    .max(2),
});
export type Manifest = z.infer<typeof Manifest>;

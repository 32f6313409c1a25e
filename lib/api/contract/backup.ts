import { z } from 'zod';
import { operation, reading } from '../operation';
import { Instant } from './shared';

export const BackupState = z.object({
  /** `null`: none was ever made, as far as is known. */
  last: z
    .object({
      at: Instant,
      bytes: z.int(),
      /** Where on the dashboard's machine it was written; it may have gone elsewhere since. `null`: not noted then. */
      file: z.string().nullable(),
      /** The key of the secrets lies inside as well. */
      withKey: z.boolean(),
    })
    .nullable(),
  /** After so many days a new one is due. */
  dueDays: z.int(),
  due: z.boolean(),
  /** What a backup holds, and the key that it leaves out. */
  dataDir: z.string(),
  secretKeyFile: z.string(),
});
export type BackupState = z.infer<typeof BackupState>;

/** Looked at here, made and restored by the command line only. */
export const backup = {
  get: operation({
    id: 'backup.get',
    method: 'GET',
    path: '/api/v1/backup',
    summary: 'Say when the last backup was made, and whether a new one is due',
    gate: { kind: 'administrator', sessionOnly: true },
    rateLimit: reading,
    audit: null,
    params: null,
    query: null,
    body: null,
    response: BackupState,
    status: 200,
  }),
};

import 'server-only';
import { z } from 'zod';
import type { Secret } from '../../generated/prisma/client';
import type { WriteDb } from '../platform/database/db';
import { openSecret } from '../platform/secrets/open-secret';
import { sealSecret } from '../platform/secrets/seal-secret';

const SshKey = z.strictObject({ privateKey: z.string(), passphrase: z.string().optional() });
type SshKey = z.infer<typeof SshKey>;

/** Encrypts a host's private key with its passphrase; returns the secret's id. */
export const sealSshKey = (tx: WriteDb, teamId: string, key: SshKey): Promise<string> =>
  sealSecret(tx, { teamId, purpose: 'ssh-key', value: JSON.stringify(key) });

/** For logging in, here and now. Never leaves the process. */
export const openSshKey = (secret: Secret): SshKey => SshKey.parse(JSON.parse(openSecret(secret)));

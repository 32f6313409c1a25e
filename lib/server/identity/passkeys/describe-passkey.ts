import 'server-only';
import type { Passkey } from '../../../generated/prisma/client';

/** A passkey as its owner sees it: no key material. */
export const describePasskey = ({ id, name, createdAt, lastUsedAt }: Passkey) => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

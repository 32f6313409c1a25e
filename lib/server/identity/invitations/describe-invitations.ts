import 'server-only';
import type { z } from 'zod';
import type { Invitation as Shown } from '#api/contract/invitations';
import { Role } from '#core/access/roles';
import type { Invitation } from '../../../generated/prisma/client';
import type { ReadDb, WriteDb } from '../../platform/database/db';

/** Invitations as they are shown, with who made them where that person is still a member. Never the secret's hash. */
export async function describeInvitations(
  db: Pick<ReadDb | WriteDb, 'user'>,
  rows: readonly Invitation[],
): Promise<z.input<typeof Shown>[]> {
  const ids = rows.flatMap(({ invitedById }) => invitedById ?? []);
  const users = await db.user.findMany({ where: { id: { in: ids } }, select: { id: true, email: true } });
  const emails = new Map(users.map(({ id, email }) => [id, email]));
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    role: Role.parse(row.role),
    invitedBy: emails.get(row.invitedById ?? '') ?? null,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
}

import 'server-only';
import type { z } from 'zod';
import type { Member } from '#api/contract/team';
import { Role } from '#core/access/roles';

/** Loads what `describeMember` shows. */
export const memberInclude = { user: { select: { id: true, name: true, email: true } } } as const;

interface Row {
  readonly role: string;
  readonly createdAt: Date;
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
}

export const describeMember = ({ user, role, createdAt }: Row): z.input<typeof Member> => ({
  person: user,
  role: Role.parse(role),
  since: createdAt.toISOString(),
});

import 'server-only';
import type { WriteDb } from '../../platform/database/db';

export interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly administrator?: boolean;
}

/** Makes a person who signs in with a password. E-mail addresses are kept in lower case. */
export async function insertPerson(
  tx: WriteDb,
  { name, email, passwordHash, administrator = false }: NewPerson,
) {
  const user = await tx.user.create({ data: { name, email: email.toLowerCase(), administrator } });
  await tx.account.create({
    data: { userId: user.id, accountId: user.id, providerId: 'credential', password: passwordHash },
  });
  return user;
}

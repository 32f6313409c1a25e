import 'server-only';
import type { Prisma } from '../../../generated/prisma/client';
import type { Actor, Audited, PersonalAudit } from '../../door/context';
import type { WriteDb } from '../../platform/database/db';
import { notFound } from '../../platform/errors/app-error';
import { personInclude } from './describe-person';

/** A person of the installation. @throws AppError `not-found` */
export async function findPerson(tx: WriteDb, id: string) {
  const row = await tx.user.findUnique({ where: { id }, include: personInclude });
  if (!row) throw notFound('person');
  return row;
}

type Person = Awaited<ReturnType<typeof findPerson>>;

/** The record of what somebody did to a person; it is kept with each of that person's teams. */
export const auditOfPerson = (person: Person, actor: Pick<Actor, 'id' | 'email'>): PersonalAudit => ({
  subject: `person ${person.email}`,
  subjectId: person.id,
  actor: { id: actor.id, label: actor.email },
  teamIds: person.members.map(({ team }) => team.id),
});

/** Changes a person's row and answers it as it is now, with its record. */
export async function changePerson(
  tx: WriteDb,
  person: Person,
  actor: Actor,
  data: Prisma.UserUpdateInput,
): Promise<Audited<Person, PersonalAudit>> {
  const value = await tx.user.update({ where: { id: person.id }, data, include: personInclude });
  return { value, audit: auditOfPerson(person, actor) };
}

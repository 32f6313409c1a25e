import 'server-only';
import type { ActivityFilter } from '#api/contract/activity';
import type { Prisma } from '../../../generated/prisma/client';

/** The rows that a filter finds, within the team of the client it is given to. */
export function activityWhere(filter: ActivityFilter): Prisma.ActivityWhereInput {
  const { actor, event, subjectId, text, from, to } = filter;
  const kind = event?.includes('.') === false ? event : undefined;
  return {
    ...(actor === undefined ? {} : { actorId: actor === 'dashboard' ? null : actor }),
    // A range, unlike a pattern, is found by the index: `/` is the character after `.`.
    ...(event === undefined ? {} : { event: kind ? { gte: `${kind}.`, lt: `${kind}/` } : event }),
    ...(subjectId === undefined ? {} : { subjectId }),
    ...(from || to
      ? { at: { ...(from ? { gte: new Date(from) } : {}), ...(to ? { lt: new Date(to) } : {}) } }
      : {}),
    ...(text?.trim()
      ? { OR: ['subject', 'actorLabel', 'address'].map((field) => ({ [field]: { contains: text.trim() } })) }
      : {}),
  };
}

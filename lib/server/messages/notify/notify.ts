import 'server-only';
import { z } from 'zod';
import { defaultEvents } from '#core/notify/default-events';
import { NotifyEvent, NotifyEventName } from '#core/notify/event';
import { type Frame, jsonMessage, mailMessage, slackMessage } from '#core/notify/message';
import type { Prisma } from '../../../generated/prisma/client';
import type { WriteDb } from '../../platform/database/db';
import { env } from '../../platform/env';

/** SQLite takes a limited number of values per statement. */
const chunkSize = 400;

/** Event names as the database has them; names that are no more are left out. */
export const storedEvents = (stored: Prisma.JsonValue): NotifyEventName[] =>
  z
    .array(z.string())
    .parse(stored)
    .flatMap((name) => NotifyEventName.safeParse(name).data ?? []);
export const storedLists = (stored: Prisma.JsonValue): string[] => z.array(z.string()).parse(stored);

interface Told {
  readonly teamId: string;
  readonly event: NotifyEvent;
  /** All sites that it concerns, also those that the message does not name; a person who chose a list is told of its sites only. */
  readonly siteIds: readonly string[];
}

/**
 * Puts one message for each webhook and person that wants the event into the outbox, in the transaction of the change that caused it:
 * none is lost by a crash, none reports what was rolled back. They leave in the background.
 */
export async function notify(tx: WriteDb, { teamId, event, siteIds }: Told): Promise<void> {
  const parsed = NotifyEvent.parse(event);
  const webhooks = await tx.webhook.findMany({ where: { teamId, disabledAt: null } });
  const asking = webhooks.filter(({ events }) => storedEvents(events).includes(parsed.name));
  if (asking.length === 0 && env().mail === null) return;
  const team = await tx.team.findUniqueOrThrow({ where: { id: teamId } });
  const at = new Date();
  const frame: Frame = {
    team: { slug: team.slug, name: team.name },
    at: at.toISOString(),
    origin: env().publicOrigin,
  };
  const lists = await listsOf(tx, teamId, siteIds);
  const waiting = { teamId, event: parsed.name, status: 'waiting', nextAt: at, createdAt: at };

  const wanted = asking.filter(({ listId }) => listId === null || lists.has(listId));
  await tx.webhookDelivery.createMany({
    data: wanted.map(({ id, kind }) => ({
      ...waiting,
      webhookId: id,
      payload: kind === 'slack' ? slackMessage(parsed, frame) : jsonMessage(parsed, frame),
    })),
  });

  if (env().mail === null) return;
  const recipients = await peopleWho(tx, teamId, parsed, lists);
  const message = mailMessage(parsed, frame);
  await tx.mail.createMany({ data: recipients.map((userId) => ({ ...waiting, ...message, userId })) });
}

/** Lists of the team with one of the sites in it. */
async function listsOf(tx: WriteDb, teamId: string, siteIds: readonly string[]): Promise<Set<string>> {
  const lists = new Set<string>();
  for (let from = 0; from < siteIds.length; from += chunkSize) {
    const rows = await tx.listSite.findMany({
      where: { siteId: { in: siteIds.slice(from, from + chunkSize) }, list: { teamId } },
      distinct: ['listId'],
      select: { listId: true },
    });
    for (const { listId } of rows) lists.add(listId);
  }
  return lists;
}

/** Members who want the event by e-mail. A request for approval is the concern of those who were asked. */
async function peopleWho(
  tx: WriteDb,
  teamId: string,
  event: NotifyEvent,
  lists: ReadonlySet<string>,
): Promise<string[]> {
  // That somebody may act as a member, or that a control is to be lowered, is told to every admin, whatever they chose, and to the member.
  if (event.name === 'account.reset') {
    const told = await tx.member.findMany({
      where: { teamId, user: { disabledAt: null }, OR: [{ role: 'admin' }, { userId: event.person.id }] },
    });
    return told.map(({ userId }) => userId);
  }
  if (event.name === 'control.lowering') {
    const told = await tx.member.findMany({ where: { teamId, role: 'admin', user: { disabledAt: null } } });
    return told.map(({ userId }) => userId);
  }
  const asked = event.name === 'approval.asked' ? event.asked.map(({ id }) => id) : null;
  const members = await tx.member.findMany({
    where: {
      teamId,
      user: { disabledAt: null, ...(asked ? {} : { notifications: { some: { teamId } } }) },
      ...(asked ? { userId: { in: asked } } : {}),
    },
    select: { userId: true, user: { select: { notifications: { where: { teamId } } } } },
  });
  return members
    .filter(({ user }) => {
      const [setting] = user.notifications;
      const events = setting ? storedEvents(setting.events) : defaultEvents;
      const chosen = setting ? storedLists(setting.lists) : [];
      return events.includes(event.name) && (chosen.length === 0 || chosen.some((id) => lists.has(id)));
    })
    .map(({ userId }) => userId);
}

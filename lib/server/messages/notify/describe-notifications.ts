import 'server-only';
import type { z } from 'zod';
import type { Notifications } from '#api/contract/notifications';
import { defaultEvents } from '#core/notify/default-events';
import type { Actor } from '../../door/context';
import type { ReadDb, WriteDb } from '../../platform/database/db';
import { env } from '../../platform/env';
import { storedEvents, storedLists } from './notify';

/** What a person is told by e-mail in one team. Lists that are gone are left out. */
export async function describeNotifications(
  db: ReadDb | WriteDb,
  actor: Actor,
): Promise<z.output<typeof Notifications>> {
  const setting = await db.notificationSetting.findFirst({ where: { userId: actor.id } });
  const lists = await db.list.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' } });
  const known = new Set(lists.map(({ id }) => id));
  return {
    available: env().mail !== null,
    address: actor.email,
    events: setting ? storedEvents(setting.events) : [...defaultEvents],
    listIds: setting ? storedLists(setting.lists).filter((id) => known.has(id)) : [],
    lists,
  };
}

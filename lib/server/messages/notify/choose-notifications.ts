import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { fieldProblem } from '../../platform/errors/field-problem';
import { describeNotifications } from './describe-notifications';

/** Keeps which events the person wants by e-mail, and of which lists. */
export const chooseNotifications: Handler<typeof contract.notifications.update> = ({
  body,
  actor,
  team,
  change,
}) =>
  change(async (tx) => {
    const events = [...new Set(body.events)];
    const lists = [...new Set(body.listIds)];
    const known = await tx.list.count({ where: { id: { in: lists } } });
    if (known < lists.length) throw fieldProblem('list.unknown', ['listIds'], 'one of these lists is gone');
    await tx.notificationSetting.upsert({
      where: { teamId_userId: { teamId: team.id, userId: actor.id } },
      create: { teamId: team.id, userId: actor.id, events, lists },
      update: { events, lists },
    });
    return {
      value: await describeNotifications(tx, actor),
      audit: { subject: 'notifications by e-mail', detail: { events, lists: lists.length } },
    };
  });

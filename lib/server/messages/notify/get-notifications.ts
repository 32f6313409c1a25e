import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { describeNotifications } from './describe-notifications';

export const getNotifications: Handler<typeof contract.notifications.get> = ({ db, actor }) =>
  describeNotifications(db, actor);

import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { chooseNotifications } from '#server/messages/notify/choose-notifications';
import { getNotifications } from '#server/messages/notify/get-notifications';

export const GET = route(contract.notifications.get, getNotifications);
export const PUT = route(contract.notifications.update, chooseNotifications);

import { contract } from '#api/contract/index';
import { chooseNotifications } from '#server/notify/choose-notifications';
import { getNotifications } from '#server/notify/get-notifications';
import { route } from '#server/route';

export const GET = route(contract.notifications.get, getNotifications);
export const PUT = route(contract.notifications.update, chooseNotifications);

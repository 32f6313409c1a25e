import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { getWebhook } from '#server/messages/webhooks/get-webhook';
import { removeWebhook } from '#server/messages/webhooks/remove-webhook';
import { updateWebhook } from '#server/messages/webhooks/update-webhook';

export const GET = route(contract.webhooks.get, getWebhook);
export const PATCH = route(contract.webhooks.update, updateWebhook);
export const DELETE = route(contract.webhooks.remove, removeWebhook);

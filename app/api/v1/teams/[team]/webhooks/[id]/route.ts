import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { getWebhook } from '#server/webhooks/get-webhook';
import { removeWebhook } from '#server/webhooks/remove-webhook';
import { updateWebhook } from '#server/webhooks/update-webhook';

export const GET = route(contract.webhooks.get, getWebhook);
export const PATCH = route(contract.webhooks.update, updateWebhook);
export const DELETE = route(contract.webhooks.remove, removeWebhook);

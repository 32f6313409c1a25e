import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { createWebhook } from '#server/messages/webhooks/create-webhook';
import { listWebhooks } from '#server/messages/webhooks/list-webhooks';

export const GET = route(contract.webhooks.list, listWebhooks);
export const POST = route(contract.webhooks.create, createWebhook);

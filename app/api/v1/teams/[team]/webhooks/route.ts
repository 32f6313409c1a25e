import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { createWebhook } from '#server/webhooks/create-webhook';
import { listWebhooks } from '#server/webhooks/list-webhooks';

export const GET = route(contract.webhooks.list, listWebhooks);
export const POST = route(contract.webhooks.create, createWebhook);

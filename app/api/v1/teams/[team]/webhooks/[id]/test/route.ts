import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { testWebhook } from '#server/messages/webhooks/test-webhook';

export const POST = route(contract.webhooks.test, testWebhook);

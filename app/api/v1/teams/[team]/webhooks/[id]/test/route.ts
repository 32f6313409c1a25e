import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { testWebhook } from '#server/webhooks/test-webhook';

export const POST = route(contract.webhooks.test, testWebhook);

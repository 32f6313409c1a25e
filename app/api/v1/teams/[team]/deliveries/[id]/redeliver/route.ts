import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { redeliver } from '#server/messages/webhooks/redeliver';

export const POST = route(contract.deliveries.redeliver, redeliver);

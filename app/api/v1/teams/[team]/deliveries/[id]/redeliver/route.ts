import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { redeliver } from '#server/webhooks/redeliver';

export const POST = route(contract.deliveries.redeliver, redeliver);

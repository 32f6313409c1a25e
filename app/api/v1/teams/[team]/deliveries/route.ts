import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { listDeliveries } from '#server/messages/webhooks/list-deliveries';

export const GET = route(contract.deliveries.list, listDeliveries);

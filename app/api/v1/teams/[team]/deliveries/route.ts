import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { listDeliveries } from '#server/webhooks/list-deliveries';

export const GET = route(contract.deliveries.list, listDeliveries);

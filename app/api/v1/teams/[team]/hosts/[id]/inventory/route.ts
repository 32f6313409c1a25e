import { contract } from '#api/contract/index';
import { getInventory } from '#server/inventory/get-inventory';
import { route } from '#server/route';

export const GET = route(contract.hosts.inventory, getInventory);

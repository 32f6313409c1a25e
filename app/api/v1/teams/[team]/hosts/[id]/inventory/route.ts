import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { getInventory } from '#server/hosts/inventory/get-inventory';

export const GET = route(contract.hosts.inventory, getInventory);

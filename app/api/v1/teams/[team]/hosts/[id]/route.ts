import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { getHost } from '#server/hosts/get-host';
import { removeHost } from '#server/hosts/remove-host';
import { updateHost } from '#server/hosts/update-host';

export const GET = route(contract.hosts.get, getHost);
export const PATCH = route(contract.hosts.update, updateHost);
export const DELETE = route(contract.hosts.remove, removeHost);

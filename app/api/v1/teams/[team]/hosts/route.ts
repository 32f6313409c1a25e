import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { createHost } from '#server/hosts/create-host';
import { listHosts } from '#server/hosts/list-hosts';

export const GET = route(contract.hosts.list, listHosts);
export const POST = route(contract.hosts.create, createHost);

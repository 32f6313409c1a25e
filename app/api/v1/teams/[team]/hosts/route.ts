import { contract } from '#api/contract/index';
import { createHost } from '#server/hosts/create-host';
import { listHosts } from '#server/hosts/list-hosts';
import { route } from '#server/route';

export const GET = route(contract.hosts.list, listHosts);
export const POST = route(contract.hosts.create, createHost);

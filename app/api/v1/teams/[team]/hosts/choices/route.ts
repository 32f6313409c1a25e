import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { listHostChoices } from '#server/hosts/list-host-choices';

export const GET = route(contract.hosts.choices, listHostChoices);

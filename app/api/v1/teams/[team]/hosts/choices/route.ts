import { contract } from '#api/contract/index';
import { listHostChoices } from '#server/hosts/list-host-choices';
import { route } from '#server/route';

export const GET = route(contract.hosts.choices, listHostChoices);

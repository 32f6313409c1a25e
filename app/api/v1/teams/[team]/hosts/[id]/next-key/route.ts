import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { dropKey } from '#server/hosts/drop-key';
import { prepareKey } from '#server/hosts/prepare-key';
import { replaceKey } from '#server/hosts/replace-key';

export const POST = route(contract.hosts.prepareKey, prepareKey);
export const PUT = route(contract.hosts.changeKey, replaceKey);
export const DELETE = route(contract.hosts.dropKey, dropKey);

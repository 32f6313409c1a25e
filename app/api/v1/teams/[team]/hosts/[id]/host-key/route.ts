import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { scanKey } from '#server/hosts/scan-key';
import { trustKey } from '#server/hosts/trust-key';

export const POST = route(contract.hosts.scanKey, scanKey);
export const PUT = route(contract.hosts.trustKey, trustKey);

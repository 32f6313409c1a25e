import { contract } from '#api/contract/index';
import { scanKey } from '#server/hosts/scan-key';
import { trustKey } from '#server/hosts/trust-key';
import { route } from '#server/route';

export const POST = route(contract.hosts.scanKey, scanKey);
export const PUT = route(contract.hosts.trustKey, trustKey);

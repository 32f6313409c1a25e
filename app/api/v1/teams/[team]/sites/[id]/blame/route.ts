import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { blameSite } from '#server/sites/blame-site';

export const GET = route(contract.sites.blame, blameSite);

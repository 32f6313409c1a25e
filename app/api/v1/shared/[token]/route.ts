import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { openLink } from '#server/sites/shared/open-link';

export const GET = route(contract.shared.open, openLink);

import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { openLink } from '#server/shared/open-link';

export const GET = route(contract.shared.open, openLink);

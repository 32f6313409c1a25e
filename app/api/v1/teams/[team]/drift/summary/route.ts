import { contract } from '#api/contract/index';
import { getDriftSummary } from '#server/changes/drift/summarise-drift';
import { route } from '#server/door/route';

export const GET = route(contract.drift.summary, getDriftSummary);

import { contract } from '#api/contract/index';
import { getDriftSummary } from '#server/drift/summarise-drift';
import { route } from '#server/route';

export const GET = route(contract.drift.summary, getDriftSummary);

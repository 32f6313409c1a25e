import { getOpenApi } from '#server/operation/health/get-open-api';

export const GET = getOpenApi;

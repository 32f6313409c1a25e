import { getOpenApi } from '#server/health/get-open-api';

export const GET = getOpenApi;

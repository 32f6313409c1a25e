import { getMetrics } from '#server/operation/metrics/get-metrics';

export const dynamic = 'force-dynamic';
export const GET = getMetrics;

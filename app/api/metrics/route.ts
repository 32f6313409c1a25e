import { getMetrics } from '#server/metrics/get-metrics';

export const dynamic = 'force-dynamic';
export const GET = getMetrics;

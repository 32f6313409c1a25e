import { getHealth } from '#server/operation/health/get-health';

export const dynamic = 'force-dynamic';
export const GET = getHealth;

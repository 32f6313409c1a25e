import { getHealth } from '#server/health/get-health';

export const dynamic = 'force-dynamic';
export const GET = getHealth;

import { CircleCheck, CircleHelp, CircleX, TriangleAlert } from 'lucide-react';
import type { HealthStatus } from '#api/contract/sites';
import { healthWords } from '#core/state/words/health-words';
import type { Look } from './look';

export const healthLooks = {
  healthy: { ...healthWords.healthy, tone: 'ok', icon: CircleCheck },
  degraded: { ...healthWords.degraded, tone: 'warning', icon: TriangleAlert },
  unreachable: { ...healthWords.unreachable, tone: 'danger', icon: CircleX },
  unknown: { ...healthWords.unknown, tone: 'neutral', icon: CircleHelp },
} as const satisfies Record<HealthStatus, Look>;

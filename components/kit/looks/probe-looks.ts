import { CircleCheck, CircleMinus, CircleX } from 'lucide-react';
import type { ProbeOutcome } from '#core/probe/probe-outcome';
import type { Look } from './look';

export const probeLooks = {
  passed: { label: 'Passed', tone: 'ok', icon: CircleCheck },
  failed: { label: 'Failed', tone: 'danger', icon: CircleX },
  skipped: { label: 'Skipped', tone: 'neutral', icon: CircleMinus },
} as const satisfies Record<ProbeOutcome['status'], Look>;

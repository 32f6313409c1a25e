import { CircleCheck, CircleMinus, CircleX, TriangleAlert } from 'lucide-react';
import type { HostCheck } from '#api/contract/hosts';
import type { Look } from './look';

export const checkLooks = {
  ok: { label: 'OK', tone: 'ok', icon: CircleCheck },
  warning: { label: 'Warning', tone: 'warning', icon: TriangleAlert },
  failed: { label: 'Failed', tone: 'danger', icon: CircleX },
  skipped: { label: 'Skipped', tone: 'neutral', icon: CircleMinus },
} as const satisfies Record<HostCheck['status'], Look>;

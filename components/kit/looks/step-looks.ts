import { CircleCheck, CircleMinus, CircleX, LoaderCircle } from 'lucide-react';
import type { z } from 'zod';
import type { StepStatus } from '#core/change/step';
import type { Look } from './look';

export const stepLooks = {
  running: { label: 'Running', tone: 'info', icon: LoaderCircle, spins: true },
  ok: { label: 'Done', tone: 'ok', icon: CircleCheck },
  failed: { label: 'Failed', tone: 'danger', icon: CircleX },
  skipped: { label: 'Skipped', tone: 'neutral', icon: CircleMinus },
} as const satisfies Record<z.infer<typeof StepStatus>, Look>;

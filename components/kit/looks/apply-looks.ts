import {
  Ban,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  LoaderCircle,
  PlugZap,
  Undo2,
} from 'lucide-react';
import type { Apply } from '#api/contract/applies';
import { applyWords } from '#core/state/words/apply-words';
import type { Look } from './look';

export const applyLooks = {
  queued: { ...applyWords.queued, tone: 'neutral', icon: CircleDashed },
  running: { ...applyWords.running, tone: 'info', icon: LoaderCircle, spins: true },
  holding: { ...applyWords.holding, tone: 'warning', icon: CirclePause },
  succeeded: { ...applyWords.succeeded, tone: 'ok', icon: CircleCheck },
  failed: { ...applyWords.failed, tone: 'danger', icon: CircleX },
  'rolled-back': { ...applyWords['rolled-back'], tone: 'warning', icon: Undo2 },
  interrupted: { ...applyWords.interrupted, tone: 'danger', icon: PlugZap },
  cancelled: { ...applyWords.cancelled, tone: 'neutral', icon: Ban },
} as const satisfies Record<Apply['status'], Look>;

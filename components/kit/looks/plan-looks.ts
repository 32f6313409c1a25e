import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDot,
  CirclePause,
  CircleX,
  Eye,
  LoaderCircle,
  MessageSquareWarning,
  PlugZap,
  Snowflake,
  TriangleAlert,
  Undo2,
} from 'lucide-react';
import type { PlanState } from '#api/contract/plans';
import { planWords } from '#core/state/words/plan-words';
import type { Look } from './look';

export const planLooks = {
  'waiting-for-review': { ...planWords['waiting-for-review'], tone: 'warning', icon: Eye },
  'changes-requested': {
    ...planWords['changes-requested'],
    tone: 'warning',
    icon: MessageSquareWarning,
  },
  frozen: { ...planWords.frozen, tone: 'warning', icon: Snowflake },
  ready: { ...planWords.ready, tone: 'info', icon: CircleDot },
  blocked: { ...planWords.blocked, tone: 'danger', icon: CircleX },
  'nothing-to-do': { ...planWords['nothing-to-do'], tone: 'ok', icon: CircleCheck },
  overtaken: { ...planWords.overtaken, tone: 'neutral', icon: TriangleAlert },
  expired: { ...planWords.expired, tone: 'neutral', icon: TriangleAlert },
  applying: { ...planWords.applying, tone: 'info', icon: LoaderCircle, spins: true },
  'on-trial': { ...planWords['on-trial'], tone: 'warning', icon: CirclePause },
  applied: { ...planWords.applied, tone: 'ok', icon: CircleCheck },
  'partly-applied': { ...planWords['partly-applied'], tone: 'warning', icon: CircleAlert },
  'rolled-back': { ...planWords['rolled-back'], tone: 'warning', icon: Undo2 },
  failed: { ...planWords.failed, tone: 'danger', icon: CircleX },
  interrupted: { ...planWords.interrupted, tone: 'danger', icon: PlugZap },
  cancelled: { ...planWords.cancelled, tone: 'neutral', icon: Ban },
} as const satisfies Record<PlanState, Look>;

import { CircleAlert, CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import type { Host } from '#api/contract/hosts';
import { hostWords } from '#core/state/words/host-words';
import type { Look } from './look';

export const hostLooks = {
  new: { ...hostWords.new, tone: 'info', icon: CircleDashed },
  ready: { ...hostWords.ready, tone: 'ok', icon: CircleCheck },
  attention: { ...hostWords.attention, tone: 'warning', icon: CircleAlert },
  unreachable: { ...hostWords.unreachable, tone: 'danger', icon: CircleX },
} as const satisfies Record<Host['status'], Look>;

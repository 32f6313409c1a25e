import { CircleCheck, CircleDashed, CircleDot, CircleHelp, Pencil } from 'lucide-react';
import type { SyncStatus } from '#api/contract/sites';
import { syncWords } from '#core/state/words/sync-words';
import type { Look } from './look';

export const syncLooks = {
  new: { ...syncWords.new, tone: 'info', icon: CircleDashed },
  'in-sync': { ...syncWords['in-sync'], tone: 'ok', icon: CircleCheck },
  'out-of-sync': { ...syncWords['out-of-sync'], tone: 'info', icon: CircleDot },
  drifted: { ...syncWords.drifted, tone: 'warning', icon: Pencil },
  unknown: { ...syncWords.unknown, tone: 'neutral', icon: CircleHelp },
} as const satisfies Record<SyncStatus, Look>;

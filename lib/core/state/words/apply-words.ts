import type { ApplyStatus } from '../../change/step';
import type { StateWord } from './state-word';

/** States of an apply, in the product's words. */
export const applyWords = {
  queued: { label: 'Queued', meaning: 'It waits for the host to be free.' },
  running: { label: 'Running', meaning: 'Its steps are under way.' },
  holding: {
    label: 'On trial',
    meaning: 'It serves, and the host undoes it unless somebody keeps it in time.',
  },
  succeeded: {
    label: 'Succeeded',
    meaning: 'The new configuration served, and its checks passed, when it ended.',
  },
  failed: { label: 'Failed', meaning: 'It stopped; the apply says at which step and what was written.' },
  'rolled-back': {
    label: 'Rolled back',
    meaning: 'The host put the previous files back and was seen to serve them.',
  },
  interrupted: { label: 'Interrupted', meaning: 'The host could not be asked yet what happened to it.' },
  cancelled: { label: 'Cancelled', meaning: 'Somebody stopped it before the remaining hosts were begun.' },
} as const satisfies Record<ApplyStatus, StateWord>;

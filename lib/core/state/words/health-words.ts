import type { StateWord } from './state-word';

/** What the checks of a site said, in the product's words. */
export const healthWords = {
  healthy: {
    label: 'Healthy',
    meaning: 'All checks of the last look passed. The screen says when that was.',
  },
  degraded: { label: 'Degraded', meaning: 'Some checks of the last look failed.' },
  unreachable: { label: 'Unreachable', meaning: 'All checks of the last look failed.' },
  unknown: { label: 'Not checked', meaning: 'No check of this site has been made.' },
} as const satisfies Record<string, StateWord>;

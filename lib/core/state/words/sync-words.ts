import type { StateWord } from './state-word';

/** Whether the hosts hold what was saved of a site, in the product's words. */
export const syncWords = {
  new: { label: 'New', meaning: 'Saved, and never applied anywhere.' },
  'in-sync': {
    label: 'In sync',
    meaning: 'The newest revision was applied, and the last comparison found its files unchanged.',
  },
  'out-of-sync': {
    label: 'Out of sync',
    meaning: 'Another revision runs on a host, or the site is to be taken off it.',
  },
  drifted: { label: 'Drifted', meaning: 'The last comparison found a file that was changed on the host.' },
  unknown: { label: 'Runs nowhere', meaning: 'No host is chosen, so there is nothing to compare.' },
} as const satisfies Record<string, StateWord>;

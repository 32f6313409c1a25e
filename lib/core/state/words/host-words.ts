import type { StateWord } from './state-word';

/** States of a host, in the product's words. */
export const hostWords = {
  new: { label: 'Not set up', meaning: 'Its setup is not finished.' },
  ready: { label: 'Ready', meaning: 'The last contact succeeded and its checks passed.' },
  attention: {
    label: 'Needs attention',
    meaning: 'The last contact succeeded, but a check needs a person.',
  },
  unreachable: { label: 'Unreachable', meaning: 'The last attempt to reach it failed.' },
} as const satisfies Record<string, StateWord>;

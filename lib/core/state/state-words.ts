import { applyWords } from './words/apply-words';
import { healthWords } from './words/health-words';
import { hostWords } from './words/host-words';
import { planWords } from './words/plan-words';
import { syncWords } from './words/sync-words';

/**
 * The product's words for states: screens, command line, API reference and the glossary of the guide say the same. Screens take the words of their own noun,
 * so that a page loads no others.
 */
export const stateWords = {
  plan: planWords,
  apply: applyWords,
  sync: syncWords,
  health: healthWords,
  host: hostWords,
} as const;

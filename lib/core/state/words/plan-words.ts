import type { PlanState } from '../plan-state';
import type { StateWord } from './state-word';

/** States of a plan, in the product's words. */
export const planWords = {
  'waiting-for-review': {
    label: 'Waiting for review',
    meaning: 'Approvals that the team asks for are missing.',
  },
  'changes-requested': {
    label: 'Changes requested',
    meaning: 'A reviewer asks for changes; until they agree it cannot be applied.',
  },
  frozen: {
    label: 'Frozen',
    meaning: 'Approved or in need of no approval, but its hosts are in a freeze.',
  },
  ready: {
    label: 'Ready to apply',
    meaning: 'Nothing is missing: somebody who may apply it can do so now.',
  },
  blocked: {
    label: 'Blocked',
    meaning: 'It has an error that must be corrected first. Nothing was written.',
  },
  'nothing-to-do': {
    label: 'Nothing to do',
    meaning: 'When the hosts were read they held exactly what the plan asks for.',
  },
  overtaken: {
    label: 'Overtaken',
    meaning: 'Something moved since it was made: a newer revision, or another apply on its hosts.',
  },
  expired: {
    label: 'Expired',
    meaning: 'It is more than 30 days old, so the hosts have to be read again.',
  },
  applying: { label: 'Applying', meaning: 'An apply of it is under way.' },
  'on-trial': {
    label: 'On trial',
    meaning: 'It serves, and the host undoes it unless somebody keeps it in time.',
  },
  applied: {
    label: 'Applied',
    meaning: 'Its apply succeeded on every host. What is there now may be different.',
  },
  'partly-applied': {
    label: 'Partly applied',
    meaning: 'Its apply succeeded on some hosts only; the apply says what happened to the others.',
  },
  'rolled-back': {
    label: 'Rolled back',
    meaning: 'Its apply was undone: the hosts are as they were before.',
  },
  failed: {
    label: 'Failed',
    meaning: 'Its apply stopped; the apply says at which step and what was written.',
  },
  interrupted: {
    label: 'Interrupted',
    meaning: 'What happened to its apply is not known yet; the host is asked at the next contact.',
  },
  cancelled: { label: 'Cancelled', meaning: 'Somebody stopped its apply before any host was changed.' },
} as const satisfies Record<PlanState, StateWord>;

import type { ApplyStatus } from '../change/step';
import type { PlanState } from './plan-state';

/** A state in one or two words, and what it claims. */
export interface StateWord {
  readonly label: string;
  readonly meaning: string;
}

/**
 * The product's words for states: screens, command line, API reference and the glossary of the guide say the same. A word claims only what was seen or
 * done.
 */
export const stateWords = {
  plan: {
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
  },
  apply: {
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
  },
  sync: {
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
  },
  health: {
    healthy: {
      label: 'Healthy',
      meaning: 'All checks of the last look passed. The screen says when that was.',
    },
    degraded: { label: 'Degraded', meaning: 'Some checks of the last look failed.' },
    unreachable: { label: 'Unreachable', meaning: 'All checks of the last look failed.' },
    unknown: { label: 'Not checked', meaning: 'No check of this site has been made.' },
  },
  host: {
    new: { label: 'Not set up', meaning: 'Its setup is not finished.' },
    ready: { label: 'Ready', meaning: 'The last contact succeeded and its checks passed.' },
    attention: {
      label: 'Needs attention',
      meaning: 'The last contact succeeded, but a check needs a person.',
    },
    unreachable: { label: 'Unreachable', meaning: 'The last attempt to reach it failed.' },
  },
} as const satisfies {
  plan: Record<PlanState, StateWord>;
  apply: Record<ApplyStatus, StateWord>;
  sync: Record<string, StateWord>;
  health: Record<string, StateWord>;
  host: Record<string, StateWord>;
};

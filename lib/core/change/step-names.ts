/**
 * The steps of an apply on one target, in order. The machine is data so that tests can kill at every step and a new step is
 * covered by itself.
 */
export const applySteps = [
  'lock',
  'compare',
  'journal',
  'backup',
  'arm',
  'preflight',
  'write',
  'test',
  'reload',
  'prove',
  'await-certificate',
  'probe',
  'confirm',
  'clean',
] as const;
/** The way back, entered from any step after `journal`. */
export const rollbackSteps = ['restore', 'retest', 'reload-old', 'restart-old', 'prove-old'] as const;
/** Steps that most applies have no need of: they are neither announced nor missed. */
export const occasionalSteps = ['await-certificate', 'restart-old'] as const;

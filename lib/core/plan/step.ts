import { z } from 'zod';

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
  'probe',
  'confirm',
  'clean',
] as const;
/** The way back, entered from any step after `journal`. */
export const rollbackSteps = ['restore', 'retest', 'reload-old', 'prove-old'] as const;

export const StepName = z.enum([...applySteps, ...rollbackSteps]);
export type StepName = z.infer<typeof StepName>;

export const StepStatus = z.enum(['running', 'ok', 'failed', 'skipped']);
export type StepStatus = z.infer<typeof StepStatus>;

/** `interrupted`: we do not know yet what the host did; it is asked at next contact. */
export const ApplyStatus = z.enum([
  'queued',
  'running',
  'holding',
  'succeeded',
  'failed',
  'rolled-back',
  'interrupted',
  'cancelled',
]);
export type ApplyStatus = z.infer<typeof ApplyStatus>;

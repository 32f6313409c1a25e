import { z } from 'zod';
import { applySteps, rollbackSteps } from './step-names';

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

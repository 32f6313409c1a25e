import 'server-only';
import type { Issue } from '#core/issue';
import type { AppError } from '../../platform/errors/app-error';
import type { TransportError } from '../../platform/errors/transport-error';
import type { PlanTargetInput } from './load-plan-targets';

type Target = Pick<PlanTargetInput, 'server' | 'host'>;

/** Why a target could not be read, or what applying to it does besides. */
export const unreachable = (input: Target, error: TransportError): Issue => ({
  code: `host.${error.code}`,
  severity: 'error',
  path: [],
  message: `${input.host.name} could not be read: ${error.message}`,
  hint: error.hint,
});

export const refused = (error: AppError): Issue => ({
  code: `host.${error.code}`,
  severity: 'error',
  path: [],
  message: error.message,
  ...(error.hint ? { hint: error.hint } : {}),
});

export const serverMissing = (input: Target): Issue => ({
  code: 'host.server-missing',
  severity: 'error',
  path: [],
  message: `${input.server} is no longer on ${input.host.name}.`,
  hint: 'Run the check list of the host.',
});

export const serverStopped = (input: Target): Issue => ({
  code: 'host.server-stopped',
  severity: 'warning',
  path: [],
  message: `${input.server} is not running on ${input.host.name}. Applying this plan starts it.`,
  hint: 'If it was stopped on purpose, do not apply.',
});

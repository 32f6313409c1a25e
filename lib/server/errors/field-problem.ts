import 'server-only';
import type { Issue } from '#core/issue';
import { AppError } from './app-error';

/** A refusal that one field of the request body is to blame for. */
export function fieldProblem(code: string, path: Issue['path'], message: string, hint?: string): AppError {
  const issue: Issue = { code, severity: 'error', path, message, ...(hint ? { hint } : {}) };
  return new AppError('invalid', 'The input is not valid.', { issues: [issue] });
}

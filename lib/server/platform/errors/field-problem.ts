import 'server-only';
import { errorIssue, type Issue } from '#core/issue';
import { AppError } from './app-error';

/** A refusal that one field of the request body is to blame for. */
export function fieldProblem(code: string, path: Issue['path'], message: string, hint?: string): AppError {
  return new AppError('invalid', 'The input is not valid.', {
    issues: [errorIssue(code, path, message, hint)],
  });
}

import { ProblemError } from '#api/problem-error';
import { sentence } from './sentence';

/** What the server says about single fields, by their names; `rest` is true when there is trouble beside that. */
export function fieldFaults(error: unknown): { of: Readonly<Record<string, string>>; rest: boolean } {
  const issues = error instanceof ProblemError ? error.problem.issues : [];
  const of: Record<string, string> = {};
  for (const { path, message, hint } of issues)
    of[String(path[0])] ??= hint ? `${sentence(message)} ${sentence(hint)}` : sentence(message);
  return { of, rest: Boolean(error) && issues.length === 0 };
}

import type { ProblemError } from '#api/client';
import { formatPath } from '#core/format-path';
import { stripControls } from '#core/strip-controls';

const next: Readonly<Record<string, string>> = {
  unauthenticated:
    'Put a valid API token into GATEHOUSE_TOKEN; Settings → API tokens shows which ones have ended.',
  forbidden: 'Use a token with the permission that is missing, or ask an admin of the team for the role.',
  'not-found': 'Look at the list, and at the team that the token is for.',
  conflict: 'Resolve what is in the way, then try again.',
  internal: 'Is this the address of a Gatehouse dashboard? If it is, look into its log.',
  stale: 'Read it again and repeat what you did on top of it.',
};

/** A refusal of the dashboard in a few lines: what, which fields, what to do next, and how to find it in the log. */
export function describeProblem({ problem }: ProblemError): string {
  if (problem.status === 0) {
    return `${problem.detail}\nnext: Is GATEHOUSE_URL (or --url) right, and does the dashboard run?`;
  }
  const issues = problem.issues.map(({ path, site, message, hint }) => {
    const place = [
      ...(site === undefined ? [] : [site]),
      ...(path.length > 0 ? [formatPath(path)] : []),
    ].join(' ');
    return [`  ${place ? `${place}: ` : ''}${message}`, ...(hint ? [`    ${hint}`] : [])].join('\n');
  });
  const hint = problem.hint ?? next[problem.code];
  return stripControls(
    [
      `${problem.title}: ${problem.detail}`,
      ...issues,
      ...(hint ? [`next: ${hint}`] : []),
      ...(problem.requestId ? [`request ${problem.requestId}`] : []),
    ].join('\n'),
  );
}

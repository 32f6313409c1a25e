import 'server-only';
import { env } from '../platform/env';
import { fieldProblem } from '../platform/errors/field-problem';

/** The agent of the dashboard's own account is lent to teams only where its owner said so. @throws AppError `invalid` */
export function assertAgentAllowed(): void {
  if (env().sshAgent) return;
  throw fieldProblem(
    'host.agent-not-allowed',
    ['key', 'source'],
    'the agent of the dashboard’s own account may not be used',
    'The operator of the dashboard allows it with GATEHOUSE_SSH_AGENT=on, and starts it with SSH_AUTH_SOCK.',
  );
}

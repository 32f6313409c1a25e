import 'server-only';
import { env } from '../env';
import { fieldProblem } from '../errors/field-problem';

/** What the dashboard's own account has is lent to teams only where its owner said so. @throws AppError `invalid` */
export function assertLoginAllowed(login: 'agent' | 'openssh'): void {
  const { sshAgent, openSsh } = env();
  if (login === 'agent' ? sshAgent : openSsh) return;
  throw fieldProblem(
    `host.${login}-not-allowed`,
    ['key', 'source'],
    login === 'agent'
      ? 'the agent of the dashboard’s own account may not be used'
      : 'the ssh program of the dashboard’s own account may not be used',
    login === 'agent'
      ? 'Whoever runs the dashboard allows it with GATEHOUSE_SSH_AGENT=on, and starts it with SSH_AUTH_SOCK.'
      : 'Whoever runs the dashboard allows it with GATEHOUSE_OPENSSH=on.',
  );
}

import 'server-only';
import type { Actor } from '../door/context';
import { env } from '../platform/env';
import { AppError } from '../platform/errors/app-error';

/**
 * The machine that the dashboard runs on holds the keys of every team's hosts: only who looks after the installation may put it into a team's hands,
 * in person, and where the settings let them.
 *
 * @throws AppError `forbidden`
 */
export function assertLocalAllowed(actor: Actor): void {
  if (!env().localHosts)
    throw new AppError('forbidden', 'This machine may not be added as a host.', {
      hint: 'The operator of the dashboard can allow it: GATEHOUSE_LOCAL_HOSTS=on.',
    });
  if (!actor.administrator || actor.via.kind === 'token')
    throw new AppError('forbidden', 'Only administrators of this installation add its own machine.', {
      hint: 'Ask one of them to add it in a browser.',
    });
}

import 'server-only';
import { AppError } from '../../platform/errors/app-error';
import { type Controls, loweredControls } from './lowered-controls';

/**
 * Refuses what makes a control of the team hold less than before, whichever operation it is: nobody does that alone.
 *
 * @throws AppError `lowers-control`
 */
export function assertNothingLowered(before: Controls, after: Controls): void {
  const lowers = loweredControls(before, after);
  if (lowers.length === 0) return;
  const invited = after.invited.length > before.invited.length;
  throw new AppError('lowers-control', `This lowers a control: ${lowers.join('; ')}.`, {
    hint: invited
      ? 'Invite them in another role; then ask to make them an admin.'
      : 'Ask for it: it takes effect when another admin confirms it, or after a day where there is none.',
  });
}

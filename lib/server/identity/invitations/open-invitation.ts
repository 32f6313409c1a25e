import 'server-only';
import { AppError } from '../../platform/errors/app-error';

/** Days that an invitation's link works. */
export const invitationDays = 7;

/** Which invitations can still be taken. */
export const isOpen = (now: Date) => ({ acceptedAt: null, revokedAt: null, expiresAt: { gt: now } });

/** The one answer for a link that never was, was used, was revoked or is too old. */
export const noInvitation = () =>
  new AppError('not-found', 'This invitation is not valid.', {
    hint: 'Each link works once, for seven days. Ask the person who invited you for a new one.',
  });

import 'server-only';
import { randomBytes, randomUUID } from 'node:crypto';
import { AppError } from '../../platform/errors/app-error';
import { decrypt, encrypt } from '../../platform/secrets/cipher';
import { singleton } from '../../platform/singleton';

/** Steps of signing in and registering that take two requests; a ticket of one is useless in another. */
export type TicketPurpose = 'second-factor' | 'passkey-sign-in' | 'passkey-registration' | 'single-sign-on';

const lifetimeMs = 10 * 60_000;
/** A new one at every start: earlier tickets are worthless, so what was used need not outlive the process. */
const key = () => singleton('ticket-key', () => randomBytes(32));
const used = () => singleton('used-tickets', () => new Map<string, number>());

const refused = () =>
  new AppError('unauthenticated', 'This took too long, or was finished already.', {
    hint: 'Begin again.',
  });

/** Seals what the second request has to know. Nobody but this process can read or make one; it counts for ten minutes. */
export function issueTicket(purpose: TicketPurpose, payload: Readonly<Record<string, string>>): string {
  const text = JSON.stringify({ id: randomUUID(), endsAt: Date.now() + lifetimeMs, payload });
  return Buffer.from(encrypt(key(), text, purpose)).toString('base64url');
}

export interface Ticket {
  readonly payload: Readonly<Record<string, string>>;
  /** Makes it worthless; @throws AppError `unauthenticated` when somebody was faster. */
  use(): void;
}

/** @throws AppError `unauthenticated` for what is forged, of another purpose, too old or used */
export function readTicket(purpose: TicketPurpose, ticket: string): Ticket {
  const now = Date.now();
  let read: { id: string; endsAt: number; payload: Record<string, string> };
  try {
    read = JSON.parse(decrypt(key(), Buffer.from(ticket, 'base64url'), purpose));
  } catch {
    throw refused();
  }
  if (read.endsAt <= now || used().has(read.id)) throw refused();
  return {
    payload: read.payload,
    use: () => {
      for (const [id, endsAt] of used()) if (endsAt <= now) used().delete(id);
      if (used().has(read.id)) throw refused();
      used().set(read.id, read.endsAt);
    },
  };
}

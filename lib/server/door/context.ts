import 'server-only';
import type { AuditEvent, BodyOf, Operation, ParamsOf, QueryOf } from '#api/operation';
import type { Permission } from '#core/access/permissions';
import type { Role } from '#core/access/roles';
import type { ReadDb, WriteDb } from '../platform/database/db';
import type { Logger } from '../platform/log';
import type { AuditSubject } from './audit';

/** The person behind a request. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Looks after the installation. */
  readonly administrator: boolean;
  /** How they proved it: a session of a browser, or an API token bound to one team. */
  readonly via:
    | { readonly kind: 'session'; readonly sessionId: string }
    | { readonly kind: 'token'; readonly tokenId: string };
}

export interface TeamRef {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

/** What a change answers: its value, and the words for the record. Leaving the record out is a type error. */
export interface Audited<T, A = AuditSubject> {
  readonly value: T;
  readonly audit: A;
}

interface BaseContext<O extends Operation> {
  readonly operation: O;
  readonly params: ParamsOf<O>;
  readonly query: QueryOf<O>;
  readonly body: BodyOf<O>;
  readonly requestId: string;
  readonly log: Logger;
  /** Network address of the caller. */
  readonly address: string;
  readonly userAgent: string;
  /** Scheme, host and port under which the caller sees the dashboard. */
  readonly origin: string;
  /** E-mail address, in lower case, of whom a trusted proxy in front names; `null` where none does. */
  readonly proxyPerson: string | null;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal;
  /** Version of what the answer shows, sent as `ETag` and expected back in `If-Match`. It says nothing of state around it, so there is no 304. */
  etag(version: string | number): void;
  /** Headers of the answer, for cookies. */
  readonly answer: Headers;
}

/** For operations that need nobody's sign-in, or concern the person alone. `db` sees all teams: narrow every query to the person. */
interface PersonalContext<O extends Operation> extends BaseContext<O> {
  readonly db: ReadDb;
  /** One transaction with its record. Says itself who acted and in which teams' records it is kept. */
  change<T>(work: (tx: WriteDb) => Promise<Audited<T, PersonalAudit>>): Promise<T>;
}

export interface PersonalAudit extends AuditSubject {
  readonly actor: { readonly id: string; readonly label: string };
  readonly teamIds: readonly string[];
  /** What happened instead of the operation's own event. */
  readonly event?: AuditEvent;
}

interface TeamContext<O extends Operation> extends BaseContext<O> {
  readonly actor: Actor;
  readonly team: TeamRef;
  readonly role: Role;
  /** For what a use case decides beyond its operation's permission: by the role, and by the token's scopes. */
  may(permission: Permission): boolean;
  /** For what is guarded more strongly than the operation as a whole. @throws AppError `proof-required` */
  assertProven(): void;
  /** Narrowed to the team: another team's rows do not exist here. */
  readonly db: ReadDb;
  /** One transaction of the team with its record. Do nothing slow inside: writers wait for each other. */
  change<T>(work: (tx: WriteDb) => Promise<Audited<T>>): Promise<T>;
  /**
   * One transaction of another team, in whose record it is kept, for what that team shares with this one. Check inside that it still does.
   */
  changeOf<T>(owner: TeamRef, work: (tx: WriteDb) => Promise<Audited<T>>): Promise<T>;
}

/** What a handler gets, by the gate of its operation. */
export type Context<O extends Operation> = (O['gate']['kind'] extends 'team'
  ? TeamContext<O>
  : O['gate']['kind'] extends 'signed-in' | 'administrator'
    ? PersonalContext<O> & { readonly actor: Actor }
    : PersonalContext<O>) &
  (O extends { readonly ifMatch: true } ? { readonly ifMatch: string } : unknown);

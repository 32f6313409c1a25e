import type { z } from 'zod';
import type { Permission } from '#core/access/permissions';

/**
 * Who may pass the door at all. A permission is checked against the actor's role in the `{team}` of the path. `sessionOnly`
 * refuses API tokens: a stolen one must not make further ones or end its owner's sessions. An administrator looks after the
 * installation and needs no role in any team.
 */
export type Gate =
  | { readonly kind: 'public' }
  | { readonly kind: 'signed-in'; readonly sessionOnly?: true }
  | { readonly kind: 'administrator'; readonly sessionOnly: true }
  | { readonly kind: 'team'; readonly permission: Permission; readonly sessionOnly?: true };

/** Name of an activity event, `null` only for operations that change nothing. */
export type AuditEvent = `${string}.${string}`;

/** How often one caller may come: per address for public operations, per person otherwise. */
export interface RateLimit {
  readonly points: number;
  readonly perSeconds: number;
}

type Parameters = z.ZodObject | null;

interface Described {
  /** `sites.create`: noun and verb, unique. */
  readonly id: `${string}.${string}`;
  readonly path: `/api/v1/${string}`;
  readonly summary: string;
  readonly gate: Gate;
  readonly rateLimit: RateLimit;
  readonly params: Parameters;
  readonly query: Parameters;
  readonly body: z.ZodType | null;
  /** `null` for 204; `'event-stream'` for live messages, `'json-lines'` for a download of any length: each of them an `event`. */
  readonly response: z.ZodType | null | 'event-stream' | 'json-lines';
  readonly status: 200 | 201 | 202 | 204;
  /** Each message of an event stream, each line of a download. */
  readonly event?: z.ZodType;
  /** Dotted names of body fields that may hold line breaks; control characters are refused everywhere else. */
  readonly multiline?: readonly string[];
  /** The edit names the version it was made from, in `If-Match`; the answer carries `ETag`. */
  readonly ifMatch?: true;
  /** The answer holds a secret that is shown this once: it is never kept, so the call cannot be named by an Idempotency-Key. */
  readonly answersSecret?: true;
  /** A body that says `dryRun: true` is a question: nothing can be changed while it is answered, and no record is written. */
  readonly dryRun?: true;
  /** Largest body where the usual 1 MiB is too little. */
  readonly maxBodyMib?: number;
}

interface Reading extends Described {
  readonly method: 'GET';
  readonly audit: null;
}

/**
 * What the caller must have proven lately, beside who they are. `recent`: the session’s person has given a password, passkey or code within the last minutes
 * (see `proofMinutes`), and an API token cannot do it at all. `recent-or-token`: a session as before; a token whose scopes have the permission may as
 * well. No control may be reached with less than it guards: say `none` only of what changes no control, key or account.
 */
export type ProofNeeded = 'none' | 'recent' | 'recent-or-token';

interface Changing extends Described {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly audit: AuditEvent;
  readonly proof: ProofNeeded;
  /** Changes who may do what: open event streams are asked at once whether their readers still may. */
  readonly changesAccess?: true;
}

/** One HTTP operation, described once. Routes, the typed client and the OpenAPI document are derived from it. */
export type Operation = Reading | Changing;

/** Keeps the literal types of a description. */
export function operation<const O extends Operation>(description: O): O {
  return description;
}

export type ParamsOf<O extends Operation> = O['params'] extends z.ZodType
  ? z.output<O['params']>
  : Record<never, never>;
export type QueryOf<O extends Operation> = O['query'] extends z.ZodType
  ? z.output<O['query']>
  : Record<never, never>;
export type QueryInputOf<O extends Operation> = O['query'] extends z.ZodType
  ? z.input<O['query']>
  : Record<never, never>;
export type BodyOf<O extends Operation> = O['body'] extends z.ZodType ? z.output<O['body']> : undefined;
export type BodyInputOf<O extends Operation> = O['body'] extends z.ZodType ? z.input<O['body']> : undefined;
export type ResponseOf<O extends Operation> = O['response'] extends z.ZodType
  ? z.output<O['response']>
  : undefined;

/** What a handler returns: the body before it is narrowed to the declared fields, or the messages or lines of a stream. */
export type AnswerOf<O extends Operation> = O['response'] extends z.ZodType
  ? z.input<O['response']>
  : O['response'] extends 'event-stream' | 'json-lines'
    ? AsyncIterable<O extends { readonly event: z.ZodType } ? z.input<O['event']> : unknown>
    : undefined;

export const reading: RateLimit = { points: 600, perSeconds: 60 };
export const changing: RateLimit = { points: 120, perSeconds: 60 };
/** Guessing a password or a token must stay slow. */
export const guessing: RateLimit = { points: 10, perSeconds: 60 };
/** Operations that make the dashboard open a connection of its own. */
export const outgoing: RateLimit = { points: 30, perSeconds: 60 };

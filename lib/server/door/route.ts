import 'server-only';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { AnswerOf, Operation } from '#api/operation';
import { takesIdempotencyKey } from '#api/takes-idempotency-key';
import { takesTokens } from '#api/takes-tokens';
import { can, type Permission } from '#core/access/permissions';
import { mayWith } from '#core/access/scopes';
import { db, teamDb, type WriteDb } from '../platform/database/db';
import { AppError } from '../platform/errors/app-error';
import { problemResponse } from '../platform/errors/problem-response';
import { type Logger, log } from '../platform/log';
import { metrics } from '../platform/metrics';
import { nextTurn } from '../platform/next-turn';
import { announceAccessChange, onAccessChange } from './access/access-changes';
import { findMembership } from './access/find-membership';
import { answerOnce, type Once } from './answer-once';
import { assertProven } from './assert-proven';
import { authenticate, bringsToken, type Recognised } from './authenticate';
import type { Audited, Context, TeamRef } from './context';
import { eventStream } from './event-stream';
import { jsonLines } from './json-lines';
import { limitRate } from './limit-rate';
import { personalChange, teamChange } from './make-change';
import { networkOf } from './network-of';
import { proxyPerson } from './proxy-person';
import { readIdempotencyKey } from './read-idempotency-key';
import { readIfMatch, readInput, readParams } from './read-input';
import { assertSameOrigin, ownOrigin } from './same-origin';

export type Handler<O extends Operation> = (context: Context<O>) => Promise<AnswerOf<O>> | AnswerOf<O>;
/** What Next calls for one method of one path. */
export type RouteHandler = (
  request: Request,
  extra: { params: Promise<Record<string, string | string[] | undefined>> },
) => Promise<Response>;

interface Visit {
  readonly requestId: string;
  readonly log: Logger;
  readonly address: string;
  readonly headers: Headers;
}

const beyondScopes = (permission?: Permission) =>
  new AppError(
    'forbidden',
    `This API token is not for that${permission ? `: it lacks ${permission}` : ''}.`,
    {
      hint: 'Make a token with this permission in Settings → API tokens.',
    },
  );

/** Whether the recognised person may do this, in which team. Asked again while a stream is open. */
async function admit(operation: Operation, params: Record<string, unknown>, recognised: Recognised) {
  if (operation.gate.kind === 'public') return null;
  if (!takesTokens(operation) && recognised.actor.via.kind === 'token') {
    throw new AppError('forbidden', 'An API token cannot do this.', { hint: 'Sign in with a browser.' });
  }
  const found = await admitTo(operation, params, recognised);
  if (operation.audit !== null && operation.proof !== 'none') assertProven(recognised);
  return found;
}

/** Whether they are who may do this. */
async function admitTo(operation: Operation, params: Record<string, unknown>, recognised: Recognised) {
  const { gate } = operation;
  if (gate.kind === 'public') return null;
  if (gate.kind === 'signed-in') {
    // No permission covers what concerns the person alone, so none can be given away.
    if (recognised.scopes !== null && operation.method !== 'GET') throw beyondScopes();
    return null;
  }
  if (gate.kind === 'administrator') {
    if (recognised.actor.administrator) return null;
    throw new AppError('forbidden', 'Only administrators of this installation may do this.', {
      hint: 'Ask the person who set it up, or another administrator.',
    });
  }
  const { secondFactorMissing, ...found } = await findMembership(
    recognised.actor.id,
    String(params.team),
    recognised.teamId,
  );
  if (secondFactorMissing) {
    throw new AppError('forbidden', `${found.team.name} asks its members for a second factor.`, {
      hint: 'Sign in with a browser and set up an authenticator app; then all of the team is open to you again.',
    });
  }
  if (!can(found.role, gate.permission)) {
    throw new AppError('forbidden', `As ${found.role} of this team you may not do this.`, {
      hint: 'Ask an admin of the team.',
    });
  }
  if (!mayWith(found.role, recognised.scopes, gate.permission)) throw beyondScopes(gate.permission);
  return found;
}

const noChange = () => Promise.reject(new Error('A dry run changes nothing'));

async function pass(
  operation: Operation,
  handler: Handler<Operation>,
  request: Request,
  visit: Visit,
  given: Record<string, unknown>,
) {
  if (!bringsToken(request.headers)) assertSameOrigin(request);
  const params = readParams(operation, given);
  const recognise = () => authenticate(request.headers, visit.address);
  const isPublic = operation.gate.kind === 'public';
  const recognised = isPublic ? null : await recognise();
  const caller = recognised?.actor.id ?? networkOf(visit.address);
  await limitRate(`${operation.id} ${caller}`, operation.rateLimit, visit.headers);
  for (const cookie of recognised?.cookies ?? []) visit.headers.append('set-cookie', cookie);
  const membership = recognised && (await admit(operation, params, recognised));
  const ifMatch = operation.ifMatch ? { ifMatch: readIfMatch(request) } : {};
  const key = readIdempotencyKey(operation, request.headers);
  const { query, body } = await readInput(operation, request);
  const visitor = { params, query, body, recognise, recognised, membership, ifMatch };
  if (key === null || !membership) return perform(operation, handler, request, visit, visitor);
  const once = await answerOnce({
    operation,
    teamId: membership.team.id,
    userId: recognised.actor.id,
    key,
    input: { params, query, body },
  });
  try {
    if (!once.answer) return await perform(operation, handler, request, visit, { ...visitor, once });
    const { status, etag, body: kept } = once.answer;
    visit.headers.set('idempotency-replayed', 'true');
    if (etag !== null) visit.headers.set('etag', etag);
    return Response.json(kept, { status });
  } finally {
    once.end();
  }
}

interface Visitor {
  readonly params: Record<string, unknown>;
  readonly query: unknown;
  readonly body: unknown;
  readonly recognise: () => Promise<Recognised>;
  readonly recognised: Recognised | null;
  readonly membership: Awaited<ReturnType<typeof admit>>;
  readonly ifMatch: { readonly ifMatch?: string };
  /** The caller named this call, so that it happens once. */
  readonly once?: Once;
}

/** Runs the use case for somebody who was let in. */
async function perform(
  operation: Operation,
  handler: Handler<Operation>,
  request: Request,
  visit: Visit,
  { params, query, body, recognise, recognised, membership, ifMatch, once }: Visitor,
) {
  // A question about a change must not be one.
  const asked = operation.dryRun === true && (body as { dryRun?: unknown }).dryRun === true;
  let recorded = false;
  let changed: unknown;
  const onCommit = (value: unknown) => {
    recorded = true;
    changed = value;
  };
  const show = (value: unknown) => (operation.response as z.ZodType).parse(value);
  const keep = async (tx: WriteDb, value: unknown) => {
    await once?.keep(tx, show(value), visit.headers.get('etag'));
  };
  const origin = { operation, address: visit.address, requestId: visit.requestId };
  const context = {
    ...origin,
    ...ifMatch,
    params,
    query,
    body,
    log: visit.log.child({ operation: operation.id, ...(membership ? { team: membership.team.id } : {}) }),
    userAgent: (request.headers.get('user-agent') ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, 256),
    origin: ownOrigin(request),
    proxyPerson: proxyPerson(request.headers),
    signal: request.signal,
    answer: visit.headers,
    etag: (version: string | number) => visit.headers.set('etag', `"${version}"`),
    ...(recognised ? { actor: recognised.actor } : {}),
    ...(recognised && membership
      ? {
          ...membership,
          assertProven: () => assertProven(recognised),
          may: (permission: Permission) => mayWith(membership.role, recognised.scopes, permission),
          db: teamDb(membership.team.id),
          change: asked
            ? noChange
            : teamChange(origin, membership.team, recognised.actor, { keep, onCommit }),
          changeOf: (owner: TeamRef, work: (tx: WriteDb) => Promise<Audited<unknown>>) =>
            teamChange(origin, owner, recognised.actor, { keep, onCommit })(work),
        }
      : { db: db(), change: personalChange(origin, () => onCommit(undefined)) }),
  };
  // The context was put together by the operation's gate, which is what its type says.
  await nextTurn();
  const answer = await handler(context as unknown as Context<Operation>);
  if (operation.audit !== null && !recorded && !asked)
    throw new Error(`${operation.id} changed something without a record`);
  if (operation.audit !== null && operation.changesAccess) announceAccessChange();

  if (operation.response === null) return new Response(null, { status: 204 });
  const stillAllowed = async () => {
    const again = await recognise();
    await admit(operation, params, again);
    return true;
  };
  if (operation.response === 'json-lines') {
    const lines = jsonLines(answer as unknown as AsyncIterable<unknown>, {
      event: operation.event,
      log: visit.log,
      stillAllowed,
    });
    const headers = {
      'content-type': 'application/jsonl; charset=utf-8',
      'content-disposition': `attachment; filename="${operation.id.replace('.', '-')}.jsonl"`,
    };
    return new Response(lines, { status: 200, headers });
  }
  if (operation.response === 'event-stream') {
    const stream = eventStream(answer as unknown as AsyncIterable<unknown>, {
      event: operation.event,
      signal: request.signal,
      log: visit.log,
      stillAllowed,
      onAccessChange,
    });
    // `no-transform` keeps compression, and with it buffering, away.
    const headers = {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    };
    return new Response(stream, { status: 200, headers });
  }
  await nextTurn();
  const shown = operation.response.parse(answer);
  if (takesIdempotencyKey(operation) && answer !== changed && !isDeepStrictEqual(shown, show(changed)))
    throw new Error(
      `${operation.id} answers something else than its change, which is what a repeated call would get`,
    );
  return Response.json(shown, { status: operation.status });
}

/**
 * The one door: every operation of the product comes in here. It checks where the request comes from, who sends it, how often, in which
 * team and with which permission, reads the input by the contract, hands the use case a database narrowed to the team, insists
 * that a change was recorded, and lets only declared fields out.
 */
export function route<const O extends Operation>(operation: O, handler: Handler<O>): RouteHandler {
  return async (request, { params }) => {
    const started = performance.now();
    const requestId = randomUUID();
    const visit: Visit = {
      requestId,
      log: log().child({ requestId }),
      address: request.headers.get('x-gatehouse-address') ?? 'unknown',
      headers: new Headers(),
    };
    let response: Response;
    try {
      response = await pass(
        operation,
        handler as unknown as Handler<Operation>,
        request,
        visit,
        await params,
      );
    } catch (error) {
      const problem = problemResponse(error, requestId);
      response = problem.response;
      visit.headers.delete('etag');
      if (!problem.expected) visit.log.error({ err: error, operation: operation.id }, 'request failed');
    }
    for (const [name, value] of visit.headers) {
      if (name === 'set-cookie') response.headers.append(name, value);
      else response.headers.set(name, value);
    }
    response.headers.set('x-request-id', requestId);
    response.headers.set('x-content-type-options', 'nosniff');
    if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
    const status = String(response.status);
    metrics().requests.observe({ operation: operation.id, status }, (performance.now() - started) / 1000);
    const line = {
      operation: operation.id,
      status: response.status,
      ms: Math.round(performance.now() - started),
      address: visit.address,
    };
    visit.log.info(line, 'request');
    return response;
  };
}

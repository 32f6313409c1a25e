import type { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject } from 'zod-openapi';
import { proofMinutes } from '#core/access/proof';
import type { Operation } from '../operation';
import { problemStatus } from '../problem';
import { takesIdempotencyKey } from '../takes-idempotency-key';
import { takesTokens } from '../takes-tokens';
import { exampleOf } from './example-of';
import { problemName, problemsOf } from './problems';

const header = (name: string) => ({ $ref: `#/components/headers/${name}` });
const parameter = (name: string) => ({ $ref: `#/components/parameters/${name}` });

/** Media type of a body, with an example of it. */
function json(schema: z.ZodType, io: 'input' | 'output') {
  const example = exampleOf(schema, io);
  return { 'application/json': { schema, ...(example === undefined ? {} : { example }) } };
}

function success(operation: Operation, answersEtag: boolean): ZodOpenApiResponseObject {
  const { response, event, summary } = operation;
  const headers = {
    'X-Request-Id': header('RequestId'),
    RateLimit: header('RateLimit'),
    'RateLimit-Policy': header('RateLimitPolicy'),
    ...(answersEtag ? { ETag: header('ETag') } : {}),
    ...(takesIdempotencyKey(operation) ? { 'Idempotency-Replayed': header('IdempotencyReplayed') } : {}),
  };
  if (response === null) return { description: `Done: ${summary}`, headers };
  if (response === 'event-stream') {
    const description = 'Server-sent events; each `data:` line holds one JSON message';
    const example = event && `data: ${JSON.stringify(exampleOf(event, 'output'))}\n\n`;
    const content = { 'text/event-stream': event ? { schema: event, example } : {} };
    return { description, headers, content };
  }
  if (response === 'json-lines') {
    const example = event && `${JSON.stringify(exampleOf(event, 'output'))}\n`;
    const content = { 'application/jsonl': event ? { schema: event, example } : {} };
    return { description: 'One JSON document per line', headers, content };
  }
  return { description: `Done: ${summary}`, headers, content: json(response, 'output') };
}

/** What an operation needs and how it may be called, in sentences. */
function description(operation: Operation): string {
  const { gate, summary, rateLimit, answersSecret, query } = operation;
  const pages = query && 'cursor' in query.shape;
  return [
    `${summary}.`,
    gate.kind === 'team' && `Needs the permission \`${gate.permission}\` in the team.`,
    gate.kind === 'administrator' && 'For administrators of the installation.',
    gate.kind === 'public' && 'Needs no sign-in.',
    gate.kind !== 'public' && !takesTokens(operation) && 'Not with an API token.',
    operation.audit !== null &&
      operation.proof !== 'none' &&
      `A session must have proven who it is within ${proofMinutes} minutes: otherwise 403 \`proof-required\` (see \`proof_give\`).`,
    pages && 'Answers a page: pass its `next` as `cursor` to get the following one, until `next` is `null`.',
    answersSecret &&
      'The answer shows a secret this once; it is kept nowhere, so no `Idempotency-Key` is taken.',
    `At most ${rateLimit.points} calls in ${rateLimit.perSeconds} s.`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** One operation of the contract in the words of OpenAPI. */
export function operationObject(operation: Operation, answersEtag: boolean): ZodOpenApiOperationObject {
  const { id, gate, summary, params, query, body, status, ifMatch } = operation;
  const tokens = takesTokens(operation);
  // OpenAPI 3.1 lets schemes other than OAuth name the roles that a call needs.
  const needs = gate.kind === 'team' ? [gate.permission] : [];
  const parameters = [
    ...(ifMatch ? [parameter('IfMatch')] : []),
    ...(takesIdempotencyKey(operation) ? [parameter('IdempotencyKey')] : []),
  ];
  return {
    operationId: id.replace('.', '_'),
    tags: [id.split('.')[0] ?? id],
    summary,
    description: description(operation),
    security: gate.kind === 'public' ? [] : [{ session: [] }, ...(tokens ? [{ token: needs }] : [])],
    ...(gate.kind === 'team' ? { 'x-permission': gate.permission } : {}),
    requestParams: {
      ...(params ? { path: params as z.ZodObject } : {}),
      ...(query ? { query: query as z.ZodObject } : {}),
    },
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content: json(body, 'input') } } : {}),
    responses: {
      [String(status)]: success(operation, answersEtag),
      ...Object.fromEntries(
        problemsOf(operation).map((code) => [
          String(problemStatus[code]),
          { $ref: `#/components/responses/${problemName(code)}` },
        ]),
      ),
    },
  };
}

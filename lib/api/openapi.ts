import type { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { Issue } from '#core/issue';
import { TargetPlan } from '#core/plan/target-plan';
import { ProbeOutcome } from '#core/probe/probe-outcome';
import { Site } from '#core/site/schema';
import { Apply } from './contract/applies';
import { Host } from './contract/hosts';
import { operations } from './contract/index';
import { Plan } from './contract/plans';
import { Session } from './contract/session';
import { Person } from './contract/shared';
import { SiteDetail } from './contract/sites';
import type { Operation } from './operation';
import { Problem, problemStatus } from './problem';

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
});

const etag = {
  ETag: { schema: { type: 'string' as const }, description: 'Version, for `If-Match` of an edit' },
};

function success({ response, event }: Operation) {
  if (response === null) return { description: 'Done' };
  if (response === 'event-stream') {
    const description = 'Server-sent events; each `data:` line holds one JSON message';
    return { description, content: { 'text/event-stream': event ? { schema: event } : {} } };
  }
  if (response === 'json-lines') {
    const description = 'One JSON document per line';
    return { description, content: { 'application/jsonl': event ? { schema: event } : {} } };
  }
  return { description: 'Done', content: { 'application/json': { schema: response } } };
}

/** Failures that this operation can answer, beside `internal`. */
function failures(operation: Operation): number[] {
  const { gate, body, params, ifMatch, method } = operation;
  const codes: (keyof typeof problemStatus)[] = ['bad-request', 'too-many-requests', 'internal'];
  if (gate.kind !== 'public') codes.push('unauthenticated');
  if (gate.kind !== 'signed-in' || method !== 'GET') codes.push('forbidden');
  if (params) codes.push('not-found');
  if (body) codes.push('invalid', 'too-large');
  if (method !== 'GET') codes.push('conflict');
  if (ifMatch) codes.push('stale', 'precondition-required');
  return [...new Set(codes.map((code) => problemStatus[code]))].sort();
}

function operationObject(operation: Operation): ZodOpenApiOperationObject {
  const { id, gate, summary, params, query, body, status } = operation;
  const permission = gate.kind === 'team' ? ` Needs the permission \`${gate.permission}\` in the team.` : '';
  const session = gate.kind !== 'public' && gate.sessionOnly ? ' Not with an API token.' : '';
  const tokens = gate.kind !== 'public' && !gate.sessionOnly;
  return {
    operationId: id.replace('.', '_'),
    tags: [id.split('.')[0] ?? id],
    summary,
    description: `${summary}.${permission}${session}`,
    security: gate.kind === 'public' ? [] : [{ session: [] }, ...(tokens ? [{ token: [] }] : [])],
    requestParams: {
      ...(params ? { path: params as z.ZodObject } : {}),
      ...(query ? { query: query as z.ZodObject } : {}),
    },
    ...(operation.ifMatch
      ? {
          parameters: [
            {
              name: 'If-Match',
              in: 'header' as const,
              required: true,
              schema: { type: 'string' as const },
              description: 'ETag of the version that was edited, in double quotes',
            },
          ],
        }
      : {}),
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: {
      [String(status)]: { ...success(operation), ...(operation.ifMatch ? { headers: etag } : {}) },
      ...Object.fromEntries(failures(operation).map((code) => [String(code), problem('Problem')])),
    },
  };
}

/** The OpenAPI 3.1 document of every operation in the contract. */
export function openApiDocument(version: string) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of operations) {
    const path = paths[operation.path] ?? {};
    path[operation.method.toLowerCase()] = operationObject(operation);
    paths[operation.path] = path;
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Gatehouse',
      version,
      description:
        'Put CI servers behind nginx, Apache or Caddy. `{team}` is a team’s id or slug. Scripts send an API token as `Authorization: Bearer …`; failures are RFC 9457 problem documents.',
    },
    paths: paths as ZodOpenApiPathsObject,
    components: {
      schemas: {
        Problem,
        Issue,
        Site,
        Person,
        SiteDetail,
        Host,
        Plan,
        TargetPlan,
        Apply,
        ProbeOutcome,
        Session,
      },
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'API token, made in Settings or by `gatehouse token create`',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'gatehouse.session_token',
          description: 'A browser’s session',
        },
      },
    },
  });
}

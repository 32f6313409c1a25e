import type { ZodOpenApiComponentsObject } from 'zod-openapi';
import { Issue } from '#core/issue';
import { TargetPlan } from '#core/plan/target-plan';
import { ProbeOutcome } from '#core/probe/probe-outcome';
import { Site } from '#core/site/schema';
import { Apply } from '../contract/applies';
import { Host } from '../contract/hosts';
import { Plan } from '../contract/plans';
import { Session } from '../contract/session';
import { Person } from '../contract/shared';
import { SiteDetail } from '../contract/sites';
import { Problem } from '../problem';
import { problemResponses } from './problems';

const string = { type: 'string' as const };

/** What operations share and refer to. */
export const components: ZodOpenApiComponentsObject = {
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
  responses: { ...problemResponses },
  parameters: {
    IfMatch: {
      name: 'If-Match',
      in: 'header',
      required: true,
      schema: string,
      description: 'ETag of the version that was edited, in double quotes. An older one is refused with 412.',
      example: '"3"',
    },
    IdempotencyKey: {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      schema: { ...string, minLength: 1, maxLength: 257 },
      description:
        'Names this call (draft-ietf-httpapi-idempotency-key-header): repeated within 24 hours with the same request, it changes nothing again and gets the first answer. Another request under the same key gets 422, a second one while the first is under way 409.',
      example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
    },
  },
  headers: {
    RequestId: { schema: string, description: 'Names this call in the server’s log and in the activity' },
    RateLimit: {
      schema: string,
      description: 'Calls that are left (`r`) and seconds until the count restarts (`t`)',
      example: '"default";r=599;t=60',
    },
    RateLimitPolicy: {
      schema: string,
      description: 'Calls (`q`) per window of so many seconds (`w`)',
      example: '"default";q=600;w=60',
    },
    RetryAfter: {
      schema: { type: 'integer' },
      description: 'Seconds after which another try makes sense',
      example: 12,
    },
    ETag: {
      schema: string,
      description: 'Version, for `If-Match` of an edit',
      example: '"3"',
    },
    IdempotencyReplayed: {
      schema: { ...string, enum: ['true'] },
      description:
        'This is the answer of the first call with this `Idempotency-Key`; nothing was changed again',
    },
  },
  securitySchemes: {
    token: {
      type: 'http',
      scheme: 'bearer',
      description:
        'API token, made in Settings or by `gatehouse token create`. It is for one team, and does what its owner’s role and its scopes both allow.',
    },
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: 'gatehouse.session_token',
      description: 'A browser’s session',
    },
  },
};

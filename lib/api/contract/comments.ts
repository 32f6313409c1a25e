import { z } from 'zod';
import { changing, operation, reading } from '../operation';
import { IdParams, Instant, Person } from './shared';

export const PlanComment = z.object({
  id: z.string(),
  /** `null` for somebody who is gone. */
  author: Person.nullable(),
  targetId: z.string().nullable(),
  path: z.string().nullable(),
  /** Line of the planned text, from 1. */
  line: z.int().nullable(),
  body: z.string(),
  createdAt: Instant,
  editedAt: Instant.nullable(),
});
export type PlanComment = z.infer<typeof PlanComment>;

const Body = z.string().trim().min(1, 'write something').max(4000);

/** On the whole plan, on one of its files, or on a line of it. */
export const CommentInput = z
  .strictObject({
    body: Body,
    targetId: z.string().max(64).optional(),
    path: z.string().max(1024).optional(),
    line: z.int().min(1).max(1_000_000).optional(),
  })
  .refine(({ targetId, path }) => (targetId === undefined) === (path === undefined), {
    path: ['path'],
    message: 'a file is named by its target and its path',
  })
  .refine(({ path, line }) => line === undefined || path !== undefined, {
    path: ['line'],
    message: 'a line needs its file',
  });

const gate = { kind: 'team', permission: 'plans.review' } as const;

/** What people say about a plan: plain text, shown as it was typed. */
export const comments = {
  list: operation({
    id: 'comments.list',
    method: 'GET',
    path: '/api/v1/teams/{team}/plans/{id}/comments',
    summary: 'List the comments on a plan, oldest first',
    gate: { kind: 'team', permission: 'plans.read' },
    rateLimit: reading,
    audit: null,
    params: IdParams,
    query: null,
    body: null,
    response: z.object({ items: z.array(PlanComment) }),
    status: 200,
  }),
  create: operation({
    id: 'comments.create',
    method: 'POST',
    path: '/api/v1/teams/{team}/plans/{id}/comments',
    summary: 'Comment on a plan, one of its files or a line',
    gate,
    rateLimit: changing,
    audit: 'plan.commented',
    proof: 'none',
    params: IdParams,
    query: null,
    body: CommentInput,
    multiline: ['body'],
    response: PlanComment,
    status: 201,
  }),
  update: operation({
    id: 'comments.update',
    method: 'PATCH',
    path: '/api/v1/teams/{team}/comments/{id}',
    summary: 'Change your own comment',
    gate,
    rateLimit: changing,
    audit: 'plan.comment-edited',
    proof: 'none',
    params: IdParams,
    query: null,
    body: z.strictObject({ body: Body }),
    multiline: ['body'],
    response: PlanComment,
    status: 200,
  }),
  remove: operation({
    id: 'comments.remove',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/comments/{id}',
    summary: 'Delete your own comment',
    gate,
    rateLimit: changing,
    audit: 'plan.comment-deleted',
    proof: 'none',
    params: IdParams,
    query: null,
    body: null,
    response: null,
    status: 204,
  }),
};

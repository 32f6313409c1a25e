import { z } from 'zod';
import { Issue } from '#core/issue';
import { verdicts } from '#core/review/decide-apply';
import { changing, operation, reading } from '../operation';
import { PlanState, PlanStatus } from './plans';
import { IdParams, Instant, Person } from './shared';

export const Review = z.object({
  person: Person,
  verdict: z.enum(verdicts),
  comment: z.string(),
  at: Instant,
  /** Why it is not counted; `null`: it is. */
  notCounted: z.enum(['outdated', 'no-reviewer', 'author', 'applier']).nullable(),
});
export type Review = z.infer<typeof Review>;

/** How far the review of a plan has come, and what is between the person who asks and its apply. */
export const ReviewState = z.object({
  status: PlanStatus,
  state: PlanState,
  /** Whose work the plan is; they cannot approve it. */
  authorIds: z.array(z.string()),
  requested: z.array(z.object({ person: Person, at: Instant })),
  reviews: z.array(Review),
  /** Asked for by the policies of now or, for a plan that was applied, of when its apply began. */
  approvalsNeeded: z.int(),
  /** The same for everyone who looks or applies. */
  approvals: z.int(),
  /** `now`: the plan has not been applied. `then`: as it was when the apply began. `unknown`: applied before that was kept on record. */
  policy: z.enum(['now', 'then', 'unknown']),
  /** What the policies of now would ask for. */
  approvalsNeededNow: z.int(),
  groups: z.array(z.object({ id: z.string(), name: z.string() })),
  freezes: z.array(
    z.object({ group: z.string().nullable(), startsAt: Instant, endsAt: Instant, reason: z.string() }),
  ),
  mayApprove: z.boolean(),
  /** Only a freeze is in the way, and this person may override it with a reason. */
  mayOverride: z.boolean(),
  missing: z.array(Issue),
  notes: z.array(Issue),
});
export type ReviewState = z.infer<typeof ReviewState>;

export const ReviewInput = z
  .strictObject({
    /** Hash of the plan that was looked at; another one is refused. */
    planHash: z.string().max(128),
    verdict: z.enum(verdicts),
    comment: z.string().trim().max(4000).default(''),
  })
  .refine(({ verdict, comment }) => verdict === 'approved' || comment !== '', {
    path: ['comment'],
    message: 'say what has to change',
  });

const read = { kind: 'team', permission: 'plans.read' } as const;
// An approval is a person's word: a script that holds their token cannot give it.
const review = { kind: 'team', permission: 'plans.review', sessionOnly: true } as const;

/** Approvals are bound to a plan's hash, and fall with it. */
export const reviews = {
  get: operation({
    id: 'reviews.get',
    method: 'GET',
    path: '/api/v1/teams/{team}/plans/{id}/review',
    summary: 'How far the review of a plan has come',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: IdParams,
    query: null,
    body: null,
    response: ReviewState,
    status: 200,
  }),
  request: operation({
    id: 'reviews.request',
    method: 'PUT',
    path: '/api/v1/teams/{team}/plans/{id}/reviewers',
    summary: 'Ask members to review a plan; replaces who was asked before',
    gate: { kind: 'team', permission: 'plans.review' },
    rateLimit: changing,
    audit: 'plan.review-requested',
    proof: 'none',
    params: IdParams,
    query: null,
    body: z.strictObject({ userIds: z.array(z.string().max(64)).max(20) }),
    response: ReviewState,
    status: 200,
  }),
  submit: operation({
    id: 'reviews.submit',
    method: 'PUT',
    path: '/api/v1/teams/{team}/plans/{id}/review',
    summary: 'Approve a plan, or ask for changes',
    gate: review,
    rateLimit: changing,
    audit: 'plan.reviewed',
    proof: 'none',
    params: IdParams,
    query: null,
    body: ReviewInput,
    multiline: ['comment'],
    response: ReviewState,
    status: 200,
  }),
  withdraw: operation({
    id: 'reviews.withdraw',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/plans/{id}/review',
    summary: 'Withdraw your own review',
    gate: review,
    rateLimit: changing,
    audit: 'plan.review-withdrawn',
    proof: 'none',
    params: IdParams,
    query: null,
    body: null,
    response: ReviewState,
    status: 200,
  }),
};

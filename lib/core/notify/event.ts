import { z } from 'zod';

/** What people and programs can be told about. */
export const NotifyEventName = z.enum([
  'apply.finished',
  'apply.failed',
  'apply.rolled-back',
  'drift.found',
  'certificate.expiring',
  'approval.asked',
  'account.reset',
  'control.lowering',
]);
export type NotifyEventName = z.infer<typeof NotifyEventName>;

const Named = z.object({ id: z.string(), name: z.string() });

/** Longer lists are cut: a message is read by people, and its receiver limits its size. */
export const maxNamed = 200;

const ApplyEnd = z.object({
  applyId: z.string(),
  sites: z.array(Named),
  hosts: z.array(z.string()),
  /** Who asked for it; `null` when they have left. */
  by: z.string().nullable(),
  /** Why it did not succeed, in our own words. */
  reason: z.string().nullable(),
});

/**
 * One thing that happened, with the facts that a message about it may tell. Names, ids and times only: no file contents, no words of a host's
 * tools, no secrets.
 */
export const NotifyEvent = z.discriminatedUnion('name', [
  ApplyEnd.extend({ name: z.literal('apply.finished') }),
  ApplyEnd.extend({ name: z.literal('apply.failed') }),
  ApplyEnd.extend({ name: z.literal('apply.rolled-back') }),
  z.object({
    name: z.literal('drift.found'),
    host: Named,
    sites: z.array(Named),
    /** Files found by one comparison; `total` counts those that are left out here, too. */
    total: z.int(),
    files: z.array(z.object({ path: z.string(), state: z.string() })),
  }),
  z.object({
    name: z.literal('certificate.expiring'),
    /** Exactly one. */
    sites: z.array(Named).length(1),
    hosts: z.array(z.string()),
    expiresAt: z.iso.datetime(),
    /** Whole days; negative when it has run out. */
    daysLeft: z.int(),
  }),
  z.object({
    name: z.literal('approval.asked'),
    planId: z.string(),
    sites: z.array(Named),
    hosts: z.array(z.string()),
    by: z.string(),
    /** Who was asked. E-mail goes to them alone. */
    asked: z.array(Named),
  }),
  z.object({
    name: z.literal('account.reset'),
    person: Named,
    /** Who made the link with which the new password was set. */
    madeBy: z.string(),
    sites: z.array(Named).length(0),
  }),
  z.object({
    name: z.literal('control.lowering'),
    state: z.enum(['asked', 'done', 'cancelled', 'failed']),
    /** In words, what holds less afterwards. */
    lowers: z.array(z.string()),
    /** Who asked, confirmed or called it off; `null`: its time came. */
    by: z.string().nullable(),
    /** When it takes effect by itself; `null`: it waits for another admin. */
    dueAt: z.iso.datetime().nullable(),
    sites: z.array(Named).length(0),
  }),
]);
export type NotifyEvent = z.infer<typeof NotifyEvent>;

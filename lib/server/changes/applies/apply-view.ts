import 'server-only';
import type { z } from 'zod';
import type { Apply as ApplySchema, ApplySummary } from '#api/contract/applies';
import { ApplyStatus, StepName, StepStatus } from '#core/change/step';
import { Issue } from '#core/issue';
import { mayResume } from '#core/plan/may-resume';
import { ProbeOutcome } from '#core/probe/probe-outcome';
import { ServerKind } from '#core/web-server/render-target';
import type { Prisma } from '../../../generated/prisma/client';

/** What an apply's row has to bring along to be shown in a list. */
export const summaryInclude = {
  requestedBy: true,
  plan: { include: { sites: { include: { site: true } } } },
  targets: { include: { target: { include: { host: true } } }, orderBy: { position: 'asc' } },
} as const satisfies Prisma.ApplyInclude;
export type SummaryRow = Prisma.ApplyGetPayload<{ include: typeof summaryInclude }>;

/** What it has to bring along to be shown whole. */
export const applyInclude = {
  ...summaryInclude,
  plan: {
    include: {
      ...summaryInclude.plan.include,
      applies: { select: { id: true }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 1 },
    },
  },
  targets: {
    include: {
      target: { include: { host: true } },
      steps: { orderBy: { sequence: 'asc' } },
      probes: { include: { site: true }, orderBy: [{ at: 'asc' }, { id: 'asc' }] },
    },
    orderBy: { position: 'asc' },
  },
} as const satisfies Prisma.ApplyInclude;
type ApplyRow = Prisma.ApplyGetPayload<{ include: typeof applyInclude }>;

/** An apply in a list. */
export function applySummary(row: SummaryRow): z.input<typeof ApplySummary> {
  const by = row.requestedBy;
  return {
    id: row.id,
    planId: row.planId,
    planHash: row.planHash,
    status: ApplyStatus.parse(row.status),
    requestedBy: by && { id: by.id, name: by.name, email: by.email },
    createdAt: row.createdAt.toISOString(),
    startedAt: instant(row.startedAt),
    finishedAt: instant(row.finishedAt),
    failure: failureOf(row.failure),
    sites: row.plan.sites
      .map(({ site }) => ({ id: site.id, name: site.name }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    hosts: [...new Set(row.targets.map(({ target }) => target.host.name))],
  };
}

/** An apply with its steps and probes, in their current state. */
export function applyView(row: ApplyRow): z.input<typeof ApplySchema> {
  return {
    ...applySummary(row),
    holdSeconds: row.holdSeconds,
    cancelledAt: instant(row.cancelledAt),
    resumable: row.plan.applies[0]?.id === row.id && mayResume(endingsOf(row.targets)),
    targets: row.targets.map((each) => ({
      id: each.id,
      targetId: each.targetId,
      hostId: each.target.hostId,
      hostName: each.target.host.name,
      server: ServerKind.parse(each.target.server),
      status: ApplyStatus.parse(each.status),
      holdUntil: instant(each.holdUntil),
      failure: failureOf(each.failure),
      steps: each.steps.map((step) => ({
        sequence: step.sequence,
        name: StepName.parse(step.name),
        status: StepStatus.parse(step.status),
        startedAt: step.startedAt.toISOString(),
        finishedAt: instant(step.finishedAt),
        message: step.message,
        output: step.output,
      })),
      probes: each.probes.map(({ site, phase, kind, status, message, detail, durationMs }) => ({
        ...ProbeOutcome.parse({ site: site.name, kind, status, message, detail: detail ?? {}, durationMs }),
        phase: phase === 'before' ? ('before' as const) : ('after' as const),
      })),
    })),
  };
}

/** How the targets of an apply ended, as `mayResume` asks. */
export const endingsOf = (targets: readonly { status: string; failure: Prisma.JsonValue }[]) =>
  targets.map(({ status, failure }) => ({ status: ApplyStatus.parse(status), failure: failureOf(failure) }));

const instant = (date: Date | null) => date?.toISOString() ?? null;
const failureOf = (stored: Prisma.JsonValue) => (stored === null ? null : Issue.parse(stored));

import { CircleCheck, CircleHelp, CircleX, type LucideIcon, TriangleAlert, Users } from 'lucide-react';
import type { Plan } from '#api/contract/plans';
import type { ReviewState } from '#api/contract/reviews';
import { cn } from '#components/ui/cn';
import { isEmpty } from '#core/plan/is-empty';
import { orderIssues } from '../kit/issue-order';

interface Part {
  readonly icon: LucideIcon;
  readonly tone: string;
  readonly text: string;
}

const ok = { icon: CircleCheck, tone: 'text-ok' } as const;
const bad = { icon: CircleX, tone: 'text-danger' } as const;
const warning = { icon: TriangleAlert, tone: 'text-warning' } as const;
const unknown = { icon: CircleHelp, tone: 'text-muted-foreground' } as const;

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

function findings(plan: Plan): Part[] {
  const issues = orderIssues(
    plan.targets.flatMap((target) => [...target.issues, ...target.preflight.issues]),
  );
  const count = (severity: string) => issues.filter((issue) => issue.severity === severity).length;
  const errors = count('error');
  const warnings = count('warning');
  return [
    errors > 0 ? { ...bad, text: plural(errors, 'error') } : null,
    warnings > 0 ? { ...warning, text: plural(warnings, 'warning') } : null,
    errors + warnings === 0 ? { ...ok, text: 'No warnings' } : null,
  ].filter((part) => part !== null);
}

/** What is told of the hosts' own tests: passed only where each of them ran and passed. */
function tests(plan: Plan): Part | null {
  const changed = plan.targets.filter((target) => !isEmpty(target));
  if (changed.length === 0) return null;
  const count = (status: string) => changed.filter(({ preflight }) => preflight.status === status).length;
  const of = changed.length > 1 ? ` on ${changed.length} targets` : '';
  if (count('failed') > 0)
    return {
      ...bad,
      text: `Own test refused it${changed.length > 1 ? ` on ${count('failed')} of ${changed.length}` : ''}`,
    };
  if (count('not-run') > 0)
    return {
      ...unknown,
      text: `Own test not run${changed.length > 1 ? ` on ${count('not-run')} of ${changed.length}` : ''}`,
    };
  return { ...ok, text: `Own test passed${of}` };
}

function baseline(plan: Plan): Part | null {
  const probes = plan.targets
    .flatMap(({ baselineProbes }) => baselineProbes)
    .filter(({ status }) => status !== 'skipped');
  if (probes.length === 0) return null;
  const failed = probes.filter(({ status }) => status === 'failed').length;
  return failed > 0
    ? { ...warning, text: `Before: ${failed} of ${plural(probes.length, 'check')} already failing` }
    : { ...ok, text: `Before: ${plural(probes.length, 'check')} passing` };
}

function approvals(review: ReviewState | null): Part | null {
  if (!review || review.approvalsNeeded === 0) return null;
  const { approvals: has, approvalsNeeded } = review;
  return {
    ...(has >= approvalsNeeded ? ok : { icon: Users, tone: 'text-warning' }),
    text: `${has} of ${plural(approvalsNeeded, 'approval')}`,
  };
}

/** Everything that speaks for or against a plan, in one line on top of it. */
export function VerdictStrip({ plan, review }: { plan: Plan; review: ReviewState | null }) {
  const parts = [...findings(plan), tests(plan), baseline(plan), approvals(review)].filter(
    (part) => part !== null,
  );
  return (
    <ul
      aria-label="Verdict"
      className="flex flex-wrap gap-x-5 gap-y-1 rounded-lg border bg-card px-3 py-2 font-medium text-sm"
    >
      {parts.map(({ icon: Icon, tone, text }) => (
        <li key={text} className="inline-flex items-center gap-1.5">
          <Icon className={cn('size-4 shrink-0', tone)} aria-hidden />
          {text}
        </li>
      ))}
    </ul>
  );
}

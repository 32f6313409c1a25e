import 'server-only';
import type { EventOf } from '#core/host/event';
import type { Issue } from '#core/issue';
import { movedIssue } from '#core/plan/explain-moved';
import { hostErrorIssue } from '#core/plan/host-error';
import type { Preflight, TargetPlan } from '#core/plan/target-plan';
import { issuesFromFindings } from '#core/plan/tool-findings';
import { webServers } from '#core/servers/index';
import type { Rendering } from '#core/servers/types';
import type { Site } from '#core/site/schema';
import { preflightOnHost } from '#server/hosts/helper/host';
import type { Transport } from '#server/hosts/ssh/transport';
import { hostChanges } from './host-changes';
import { printOf } from './print-of';

export const notRun: Preflight = {
  status: 'not-run',
  method: null,
  baseline: 'not-run',
  output: '',
  baselineOutput: '',
  issues: [],
};

interface Given {
  readonly plan: TargetPlan;
  readonly rendering: Rendering;
  /** Documents of the chosen sites. */
  readonly sites: readonly Site[];
  readonly signal: AbortSignal;
}

/** The host's own test on the tree as it is and as it would be, with each error at the form field that made its line (G2, G7). */
export async function runPreflight(
  transport: Transport,
  { plan, rendering, sites, signal }: Given,
): Promise<{ preflight: Preflight; ran: EventOf<'ran'> | null }> {
  const answer = await preflightOnHost(
    transport,
    { server: plan.target.server, changes: hostChanges(plan.changes), certificates: plan.certificates },
    { signal },
  );
  const { baseline, candidate } = answer;
  const { parseOutput } = webServers[plan.target.server];
  const known = parseOutput(baseline?.text ?? '');
  const issues: Issue[] = [
    ...answer.changed.map((event) => {
      const change = plan.changes.find((each) => each.path === event.path);
      return movedIssue(
        event.path,
        change?.before ?? { kind: 'absent' },
        printOf(event),
        change?.site ?? null,
      );
    }),
    ...answer.errors.map((event) => hostErrorIssue(event.code, { path: event.path, text: event.text })),
    ...answer.warnings.map((event) => ({
      ...hostErrorIssue(event.code, { path: event.path, text: event.text }),
      severity: 'warning' as const,
    })),
    ...issuesFromFindings(parseOutput(candidate?.text ?? ''), known, rendering.files, sites),
  ];
  if (candidate && !candidate.passed && !issues.some((issue) => issue.severity === 'error')) {
    issues.push(baseline?.passed === false ? brokenBefore(known[0]) : refusedSilently(candidate.text));
  }
  const preflight: Preflight = {
    status: verdict(candidate),
    method: answer.method,
    baseline: verdict(baseline),
    output: candidate?.text ?? '',
    baselineOutput: baseline?.text ?? '',
    issues,
  };
  return { preflight, ran: answer.ran };
}

const verdict = (tested: { passed: boolean } | null): Preflight['status'] =>
  tested === null ? 'not-run' : tested.passed ? 'passed' : 'failed';

function brokenBefore(
  first: { message: string; path: string | null; line: number | null } | undefined,
): Issue {
  const where = first?.path ? ` in ${first.path}${first.line ? `:${first.line}` : ''}` : '';
  const what = first ? ` It says: ${first.message}${where}.` : '';
  return {
    code: 'preflight.broken-before',
    severity: 'error',
    path: [],
    message: `The configuration on this host fails the web server’s own test already, without this plan.${what}`,
    hint: 'Correct it on the host first: nothing can be tested on top of a broken configuration.',
  };
}

function refusedSilently(output: string): Issue {
  const [line = ''] = output.trim().split('\n');
  return {
    code: 'preflight.refused',
    severity: 'error',
    path: [],
    message: `The web server’s own test refuses the new configuration${line ? `: ${line.slice(0, 300)}` : '.'}`,
  };
}

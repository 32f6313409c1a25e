import type { Change } from '../change/change';
import type { Fingerprint } from '../change/file-state';
import type { TargetPlan } from './target-plan';

/**
 * Canonical text of everything that approval of a plan covers: desired content, fingerprints of what it replaces, revisions,
 * certificates, listeners. Equal plans give equal text whatever their order; its SHA-256 is the plan's hash. What only informs
 * (issues, probes, tool output) is left out.
 */
export function planHashInput(targets: readonly TargetPlan[]): string {
  const lines = targets.map((plan) =>
    JSON.stringify([
      plan.targetId,
      plan.target.server,
      sorted(plan.sites.map((site) => [site.siteId, site.from, site.to, site.selected])),
      sorted(plan.changes.map(changeParts)),
      sorted(
        plan.certificates.map((each) => [each.certificatePath, each.keyPath, [...each.hostnames].sort()]),
      ),
      sorted(plan.listeners.map((each) => [each.port, each.protocol])),
      plan.startServer,
      // Plans of before this was asked have the hash that they had.
      ...(plan.chores && plan.chores.length > 0
        ? [sorted(plan.chores.map(({ kind, certificatePath }) => [kind, certificatePath]))]
        : []),
      ...(plan.accepted.length > 0 ? [sorted(plan.accepted.map(({ id, reason }) => [id, reason]))] : []),
    ]),
  );
  return `gatehouse-plan 1\n${lines.sort().join('\n')}\n`;
}

function changeParts(change: Change): unknown[] {
  const parts = [
    change.path,
    change.action,
    change.role,
    change.site,
    before(change.before),
    after(change.after),
  ];
  return change.handOver?.act === 'bring' ? [...parts, change.handOver.applyId] : parts;
}

function before(print: Fingerprint): unknown[] {
  if (print.kind === 'file') return ['file', print.sha256, print.mode, print.owner, print.group];
  return print.kind === 'link' ? ['link', print.target] : [print.kind];
}

function after(state: Change['after']): unknown[] {
  if (state.kind === 'file') return ['file', state.sha256, state.mode];
  return state.kind === 'link' ? ['link', state.target] : ['absent'];
}

function sorted(rows: readonly unknown[][]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}

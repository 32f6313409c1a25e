import type { Change } from '#core/change/change';
import type { TargetPlan } from '#core/plan/target-plan';
import { serverTitle } from '../kit/server-title';

export const actionTitles = {
  create: 'new',
  update: 'changed',
  delete: 'deleted',
  noop: 'unchanged',
} as const satisfies Record<Change['action'], string>;

/** The text of both sides as the diff shows them: `null` where there is none to compare. */
export function sidesOf(change: Change): { before: string | null; after: string | null } {
  const after = change.after.kind === 'file' ? change.after.content : null;
  return { before: change.action === 'noop' ? after : change.beforeContent, after };
}

/** True where the old text exists on the host but did not come along, so that a diff would call every line new. */
export function isBeforeHidden(change: Change): boolean {
  return change.action !== 'noop' && change.before.kind === 'file' && change.beforeContent === null;
}

/** What changes about a path besides its lines, in words. */
export function describeChange(change: Change): string[] {
  const { before, after } = change;
  const facts: string[] = [];
  if (after.kind === 'link') {
    if (before.kind === 'link' && before.target !== after.target) {
      facts.push(`The link to ${before.target} will point to ${after.target}`);
    } else if (before.kind !== 'link') facts.push(`A link to ${after.target}`);
    else facts.push(`A link to ${after.target}, as it is now`);
  }
  if (after.kind === 'absent' && before.kind === 'link')
    facts.push(`The link to ${before.target} is removed`);
  if (before.kind === 'file' && after.kind === 'link')
    facts.push('The file there now is replaced by the link');
  if (before.kind === 'link' && after.kind === 'file') {
    facts.push(`The link to ${before.target} is replaced by a file`);
  }
  if (before.kind === 'other') facts.push('Something that is neither a file nor a link is there now');
  if (before.kind === 'file' && after.kind === 'file') {
    if (before.mode !== after.mode) facts.push(`Mode ${octal(before.mode)} → ${octal(after.mode)}`);
    const owner = `${before.owner}:${before.group}`;
    // Files of others keep theirs.
    const ours = change.role !== 'include' && change.role !== 'handover';
    if (ours && change.action !== 'noop' && owner !== 'root:root') facts.push(`Owner ${owner} → root:root`);
  }
  if (before.kind === 'absent' && after.kind === 'file')
    facts.push(`Mode ${octal(after.mode)}, owner root:root`);
  if (isBeforeHidden(change))
    facts.push('The text on the host now is not shown: it is too long or not readable');
  return facts;
}

export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** One line for a target: `1 file changes, 2 are created; a certificate is made for ci.example.com`. */
export function summarize(plan: Pick<TargetPlan, 'changes' | 'certificates'>): string {
  const names = plan.certificates.flatMap(({ missing, hostnames }) => (missing ? hostnames : []));
  const made = names.length > mostNamed ? `${names.length} names` : list(names);
  return `${summarizeFiles(plan)}${names.length > 0 ? `; a certificate is made for ${made}` : ''}`;
}

const mostNamed = 5;

/** The same without its certificates. */
export function summarizeFiles(plan: Pick<TargetPlan, 'changes'>): string {
  const count = (action: Change['action']) =>
    plan.changes.filter((change) => change.action === action).length;
  const parts = [
    phrase(count('update'), 'file changes', 'files change'),
    phrase(count('create'), 'is created', 'are created'),
    phrase(count('delete'), 'is deleted', 'are deleted'),
  ].filter((part) => part !== null);
  const [first, ...rest] = parts;
  const files =
    first === undefined
      ? 'No file changes'
      : [
          count('update') > 0
            ? first
            : first.replace(/^(\d+) /, (_, n) => `${n} ${n === '1' ? 'file' : 'files'} `),
          ...rest,
        ].join(', ');
  return files;
}

function phrase(count: number, one: string, many: string): string | null {
  return count === 0 ? null : `${count} ${count === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The first few words of many: `a, b, c and 63 more`. */
export function shortList(words: readonly string[], most = 4): string {
  return words.length <= most + 1
    ? list(words)
    : `${words.slice(0, most).join(', ')} and ${words.length - most} more`;
}

/** `nginx 1.22.1 on web1`. */
export function targetTitle(plan: Pick<TargetPlan, 'target' | 'hostName'>): string {
  return `${serverTitle(plan.target.server, plan.target.version)} on ${plan.hostName}`;
}

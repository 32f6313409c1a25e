import type { Plan } from '#api/contract/plans';
import type { Change } from '#core/change/change';
import { formatPath } from '#core/format-path';
import type { Issue } from '#core/issue';
import { diff, type Hunk } from '#core/plan/diff';
import type { TargetPlan } from '#core/plan/target-plan';
import { stripControls } from '#core/strip-controls';
import { oneLine, paint } from './terminal';

const signs = { create: '+', update: '~', delete: '-', noop: ' ' } as const;
const styles = { create: 'green', update: 'yellow', delete: 'red', noop: 'dim' } as const;

/** The changed lines of a file, as a unified diff; nothing where its text did not come along. */
export function hunksOf(change: Change): Hunk[] {
  const next = change.after.kind === 'file' ? change.after.content : null;
  const hidden = change.before.kind === 'file' && change.beforeContent === null;
  return hidden ? [] : diff(change.beforeContent, next);
}

/** What happens to a path, and, below it, to its lines. `line` paints a line by its sign. */
export function changeLines(
  change: Change,
  line: (sign: '+' | '-' | ' ' | '@', text: string) => string,
): string[] {
  const link = change.after.kind === 'link' ? ` -> ${oneLine(change.after.target)}` : '';
  const hand = change.drifted ? ' (edited by hand since the last apply)' : '';
  const head = `${signs[change.action]} ${oneLine(change.path)}${link}${hand}`;
  const lines = hunksOf(change).flatMap((hunk) => [
    line('@', `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`),
    ...hunk.lines.map(({ kind, text }) => {
      const sign = kind === 'added' ? '+' : kind === 'removed' ? '-' : ' ';
      return line(sign, `${sign}${stripControls(text)}`);
    }),
  ]);
  return [head, ...lines];
}

const painted = (sign: '+' | '-' | ' ' | '@', text: string): string => {
  const style = { '+': 'green', '-': 'red', '@': 'cyan', ' ': 'dim' } as const;
  return `    ${sign === ' ' ? text : paint(style[sign], text)}`;
};

export const issuesOf = ({ issues, preflight }: TargetPlan): Issue[] => [...issues, ...preflight.issues];

export function issueLine({ severity, path, site, message, hint }: Issue): string {
  const place = [...(site ? [site] : []), ...(path.length > 0 ? [formatPath(path)] : [])].join(' ');
  return `${severity}: ${place ? `${place}: ` : ''}${oneLine(message)}${hint ? ` (${oneLine(hint)})` : ''}`;
}

export const titleOf = ({ hostName, target }: TargetPlan): string =>
  oneLine(`${hostName}: ${target.server}${target.version ? ` ${target.version}` : ''}`);

/** `Plan: 2 to create, 1 to update, 0 to delete, on 1 target.` */
export function planSummary({ status, counts }: Plan): string {
  if (status === 'empty') return 'No changes. The hosts are as they should be.';
  const { create, update, delete: remove, targets } = counts;
  const on = `on ${targets} ${targets === 1 ? 'target' : 'targets'}`;
  return `Plan: ${create} to create, ${update} to update, ${remove} to delete, ${on}.`;
}

/** A plan for people at a terminal: every changed line, every warning, the host's own verdict. */
export function printPlan(plan: Plan): void {
  for (const target of plan.targets) {
    const changes = target.changes.filter(({ action }) => action !== 'noop');
    if (changes.length === 0 && issuesOf(target).length === 0) continue;
    console.log(paint('bold', titleOf(target)));
    for (const change of changes) {
      const [head = '', ...lines] = changeLines(change, painted);
      console.log(`  ${paint(styles[change.action], head)}`);
      for (const line of lines) console.log(line);
    }
    for (const issue of issuesOf(target)) {
      console.log(`  ${paint(issue.severity === 'error' ? 'red' : 'yellow', issueLine(issue))}`);
    }
    const { status, output } = target.preflight;
    if (status === 'passed') console.log(`  ${paint('green', 'The host’s own test passes.')}`);
    if (status === 'failed')
      console.log(`  ${paint('red', 'The host’s own test fails:')}\n${indented(output)}`);
    console.log('');
  }
  console.log(paint('bold', planSummary(plan)));
}

const indented = (text: string) =>
  stripControls(text)
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');

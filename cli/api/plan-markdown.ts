import type { Plan } from '#api/contract/plans';
import { changeLines, issueLine, issuesOf, planSummary, titleOf } from './print-plan';
import { oneLine } from './terminal';

/** Comments of code hosts are cut at 65,536 characters; this leaves room for the text around it. */
const longest = 60_000;

/** A fence that nothing inside can close. */
function fenced(language: string, lines: readonly string[]): string {
  const runs = lines.join('\n').match(/`{3,}/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)));
  return [`${fence}${language}`, ...lines, fence].join('\n');
}

/** Text as it is, in a line of Markdown. */
const plain = (text: string) => oneLine(text).replace(/[\\`*_{}[\]()#+!|<>~@&-]/g, '\\$&');

/** Literal text for HTML inside Markdown. */
const inHtml = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A plan as a comment on a pull request. */
export function planMarkdown(plan: Plan, url: string): string {
  const parts = plan.targets.flatMap((target) => {
    const changes = target.changes.filter(({ action }) => action !== 'noop');
    const issues = issuesOf(target);
    if (changes.length === 0 && issues.length === 0) return [];
    const diffs = changes.map((change) => {
      const [head = '', ...lines] = changeLines(change, (_, text) => text);
      return `<details><summary>${inHtml(head)}</summary>\n\n${fenced('diff', lines)}\n\n</details>`;
    });
    return [
      `#### ${plain(titleOf(target))}`,
      ...issues.map((issue) => `- ${plain(issueLine(issue))}`),
      ...diffs,
    ];
  });
  const head = [`### Gatehouse plan`, '', `**${planSummary(plan)}** [Review it](${url})`];
  const whole = [...head, '', parts.join('\n\n')].join('\n').trimEnd();
  return whole.length <= longest
    ? whole
    : `${head.join('\n')}\n\nThe diff is too long for a comment; it is there in full.`;
}

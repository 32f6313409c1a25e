import { answerWords } from '#core/explain/answer-words';
import type { Explanation, SentHeader } from '#core/explain/explanation';
import { matchWords } from '#core/explain/match-words';
import { formatPath } from '#core/format-path';
import type { LineOrigin } from '#core/site/origin';

/** An explanation as it is printed: the answer first, then a line for each thing that made it. */
export function explanationText(told: Explanation & { readonly site: string }): string {
  const { vhost, location, answer, conditions } = told;
  const rows: [string, string, LineOrigin][] = [];
  if (vhost) {
    const names = vhost.hostnames.map(({ value }) => value).join(', ');
    rows.push(['site', told.site, { path: null, why: vhost.role }]);
    rows.push(['block', `${names} on port ${vhost.listen.port.value}`, vhost.origin]);
  }
  if (location) rows.push(['rule', matchWords(location.match), location.origin]);
  for (const { text, origin } of conditions) rows.push(['asked', text, origin]);
  for (const { label, value, origin } of told.limits) rows.push([label.toLowerCase(), value, origin]);
  const width = Math.max(0, ...rows.map(([label]) => label.length)) + 2;
  return [
    answerWords(answer),
    ...(answer.kind === 'application' ? [`  at ${answer.servers.join(', ')}`] : []),
    `  because ${reason(answer.why)}`,
    '',
    ...rows.map(([label, value, origin]) => `${label.padEnd(width)}${value}  (${reason(origin)})`),
    ...headerLines('the application gets', told.requestHeaders),
    ...headerLines('set in the answer', told.responseHeaders),
  ].join('\n');
}

const reason = ({ path, why }: LineOrigin) =>
  path === null || path.length === 0 ? why : `${formatPath(path)}: ${why}`;

function headerLines(title: string, headers: readonly SentHeader[]): string[] {
  if (headers.length === 0) return [];
  return [
    '',
    `${title}:`,
    ...headers.map(({ name, value, instead, origin }) =>
      value === null
        ? `- ${name}: ${instead ?? ''}  (kept back; ${reason(origin)})`
        : `  ${name}: ${value}  (${reason(origin)})`,
    ),
  ];
}

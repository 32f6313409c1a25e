import { formatPath } from '#core/format-path';
import type { Issue } from '#core/issue';

/** A finding as one line: site, field, what is wrong; below it what to do. */
export function issueLine({ site, path, message, hint }: Issue): string {
  const place = [
    ...(site === undefined ? [] : [site]),
    ...(path.length === 0 ? [] : [formatPath(path)]),
  ].join(' ');
  return `${place === '' ? '' : `${place}: `}${message}${hint === undefined ? '' : `\n    ${hint}`}`;
}

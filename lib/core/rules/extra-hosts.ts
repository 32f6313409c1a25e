import type { Issue } from '../issue';
import { error, type Rule } from './rule';

const reserved = new Set(['main', 'redirect', 'redirect-others', 'aliases', 'plain-aliases']);

/** Extra hosts can be told apart. */
export const extraHosts: Rule = (site) =>
  site.extraHosts.flatMap(({ purpose }, index) => {
    const path: Issue['path'] = ['extraHosts', index, 'purpose'];
    if (reserved.has(purpose))
      return [
        error('site.purpose-reserved', path, `“${purpose}” has a meaning of its own; use another word`),
      ];
    const first = site.extraHosts.findIndex((other) => other.purpose === purpose);
    return first < index
      ? [error('site.purpose-twice', path, `there is another extra host “${purpose}”`)]
      : [];
  });

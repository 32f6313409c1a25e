import type { Issue } from '../issue';
import { error, type Rule } from './rule';

/** Every name belongs to one place, and the first one is a name that can be written into a URL. */
export const hostnames: Rule = (site) => {
  const lists: { names: readonly string[]; path: Issue['path']; led?: true }[] = [
    { names: site.hostnames, path: ['hostnames'] },
    ...site.extraHosts.map((extra, index) => ({
      names: extra.hostnames,
      path: ['extraHosts', index, 'hostnames'],
    })),
    { names: site.aliases.hostnames, path: ['aliases', 'hostnames'], led: true },
    { names: site.aliases.plainHostnames, path: ['aliases', 'plainHostnames'], led: true },
  ];
  const seen = new Set<string>();
  return lists.flatMap(({ names, path, led = false }) => {
    const issues: Issue[] = [];
    if (!led && names[0]?.startsWith('*')) {
      issues.push(
        error(
          'site.hostname-canonical',
          [...path, 0],
          'the first name must not be a wildcard',
          'Put the name first that people use.',
        ),
      );
    }
    names.forEach((name, index) => {
      if (seen.has(name))
        issues.push(error('site.hostname-twice', [...path, index], `${name} is named twice`));
      seen.add(name);
    });
    return issues;
  });
};

import type { Issue } from '../issue';
import { allLocations, error, type Rule } from './rule';

/** Upstream names are unique, and every name that is used exists. */
export const upstreamNames: Rule = (site) => {
  const names = site.upstreams.map(({ name }) => name);
  const issues: Issue[] = names.flatMap((name, index) =>
    names.indexOf(name) < index
      ? [error('site.upstream-twice', ['upstreams', index, 'name'], `there is another upstream “${name}”`)]
      : [],
  );
  const check = (name: string | undefined, path: Issue['path']) => {
    if (name !== undefined && !names.includes(name)) {
      issues.push(
        error(
          'site.upstream-unknown',
          path,
          `there is no upstream “${name}”`,
          `There is: ${names.join(', ')}.`,
        ),
      );
    }
  };
  for (const { location, path } of allLocations(site)) check(location.upstream, [...path, 'upstream']);
  site.extraHosts.forEach(({ upstream }, index) => {
    check(upstream, ['extraHosts', index, 'upstream']);
  });
  site.applications.forEach(({ upstream }, index) => {
    check(upstream, ['applications', index, 'upstream']);
  });
  if (site.access.auth.mode === 'forward') check(site.access.auth.upstream, ['access', 'auth', 'upstream']);
  return issues;
};

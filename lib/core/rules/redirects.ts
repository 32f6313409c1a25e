import type { Issue } from '../issue';
import { publicOrigin, publicPath } from '../site/public-url';
import type { Redirect } from '../site/redirect-schema';
import type { Site } from '../site/schema';
import { error, type Rule } from './rule';

/** A redirect has its path for itself, leads away from it, and stands for what it can stand for. */
export const redirects: Rule = (site) =>
  site.redirects.flatMap((redirect, index) => {
    const path: Issue['path'] = ['redirects', index];
    const { from, match } = redirect;
    const issues: Issue[] = [];
    if (match === 'below' && !from.endsWith('/')) {
      issues.push(
        error('site.redirect-slash', [...path, 'from'], 'must end with / to stand for everything below it'),
      );
    }
    if (match === 'below' && from === '/') {
      issues.push(
        error(
          'site.redirect-everything',
          [...path, 'from'],
          'would lead every request away, so that nothing of the site is left',
          'Make the host name an alias, or choose “exactly this path”.',
        ),
      );
    }
    const twin = site.redirects.findIndex((other) => other.from === from && other.match === match);
    if (twin < index)
      issues.push(error('site.redirect-twice', [...path, 'from'], 'another redirect has the same path'));
    const taken = locationAt(site, redirect);
    if (taken >= 0) {
      issues.push(
        error(
          'site.redirect-location',
          [...path, 'from'],
          `location ${taken + 1} has the same path, and would never be reached`,
        ),
      );
    }
    if (leadsBack(site, redirect)) {
      issues.push(
        error('site.redirect-loop', [...path, 'to'], 'leads to a path that this redirect takes again'),
      );
    }
    return issues;
  });

const locationAt = (site: Site, { from, match }: Redirect) =>
  site.locations.findIndex(
    (location) =>
      location.match.kind === (match === 'exact' ? 'exact' : 'prefix') &&
      publicPath(site.prefix, location.match.path) === from,
  );

function leadsBack(site: Site, { from, match, to }: Redirect): boolean {
  const origin = publicOrigin(site);
  const path = to.startsWith('/')
    ? to
    : to === origin || to.startsWith(`${origin}/`)
      ? to.slice(origin.length) || '/'
      : null;
  if (path === null) return false;
  return match === 'exact' ? path.split('?')[0] === from : path.startsWith(from);
}

import type { Redirect } from '../site/redirect-schema';
import { bareLocation } from './bare-location';
import type { DraftLocation } from './matches';
import { publicBase } from './public-base';
import type { VhostContext } from './vhost-context';

/** A redirect of the document, from a public path and open to everybody. */
export function redirectLocation(
  { site, responseHeaders }: VhostContext,
  { from, match, to, status, keepQuery }: Redirect,
  index: number,
): DraftLocation {
  const origin = { path: ['redirects', index], why: 'your redirect' };
  const below = match === 'below' && from.endsWith('/');
  return bareLocation(
    responseHeaders,
    below ? { kind: 'prefix', path: from } : { kind: 'exact', path: from },
    {
      kind: 'redirect',
      status,
      location: [{ kind: 'text', text: to }],
      base: to.startsWith('/') ? publicBase(site) : null,
      restOf: below && to.endsWith('/') ? from : null,
      keepQuery,
      origin,
    },
    origin,
  );
}

import 'server-only';
import { env } from '../platform/env';
import { AppError } from '../platform/errors/app-error';

const refused = () =>
  new AppError('forbidden', 'This request did not come from the dashboard’s own pages.', {
    hint: 'Open the dashboard at the address it is configured for; scripts use an API token.',
  });

/**
 * Refuses what another web site makes a browser send along with the cookie. Requests that change something must name the
 * dashboard's own origin; reading ones must not come from a page of another site.
 *
 * @throws AppError `forbidden`
 */
export function assertSameOrigin(request: Request): void {
  const { headers, method } = request;
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  if (site !== null && site !== 'same-origin' && site !== 'none') throw refused();
  if (origin === null) {
    if (method !== 'GET' && method !== 'HEAD' && site !== 'same-origin') throw refused();
    return;
  }
  const { publicOrigin } = env();
  // Without a configured origin the Host header is the only witness; a foreign page cannot choose it.
  const own = publicOrigin
    ? origin === publicOrigin
    : /^https?:\/\//.test(origin) && hostOf(origin) === headers.get('host');
  if (!own) throw refused();
}

/** Where the caller sees the dashboard: as configured, or as a same-origin request says it. */
export function ownOrigin({ headers }: Request): string {
  return env().publicOrigin ?? headers.get('origin') ?? `http://${headers.get('host') ?? 'localhost'}`;
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

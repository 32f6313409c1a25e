import type { Preset } from '../../presets/preset';
import type { ResolvedHeader } from '../resolved';
import type { Location, Site } from '../schema';
import { documentHeaders, forwardedHeaders, merge, withTwins } from './headers';
import type { VhostContext, VhostPlace } from './vhost-context';

/** Request headers by access rule. Without sign-in all rules share one array, so that servers may print it once. */
export function requestHeaderLists(
  site: Site,
  preset: Preset,
  place: VhostPlace,
  isSignedIn: VhostContext['isSignedIn'],
): VhostContext['requestHeaders'] {
  const common = forwardedHeaders(site, preset, place);
  const { auth, userHeader } = site.access;
  const build = (rule: Location['access']): readonly ResolvedHeader[] =>
    merge([
      ...common,
      ...(auth.mode === 'forward'
        ? auth.copyHeaders.map((name, index) =>
            withTwins(name, {
              path: ['access', 'auth', 'copyHeaders', index],
              why: 'only the sign-in service may say this',
            }),
          )
        : []),
      userHeader
        ? withTwins(userHeader.name, {
            path: ['access', 'userHeader'],
            why: 'only the proxy may say who signed in',
          })
        : [],
      userHeader && isSignedIn(rule)
        ? documentHeaders([{ op: 'set', ...userHeader }], ['access', 'userHeader'], site, true).map(
            (header) => ({
              ...header,
              origin: { path: ['access', 'userHeader'], why: 'who signed in' },
            }),
          )
        : [],
      passwordGuard(site, preset, isSignedIn(rule)),
      documentHeaders(site.requestHeaders, ['requestHeaders'], site, isSignedIn(rule)),
    ]);
  if (auth.mode !== 'basic') {
    const only = build('site');
    return () => only;
  }
  const lists = { site: build('site'), open: build('bypass') };
  return (rule) => (isSignedIn(rule) ? lists.site : lists.open);
}

/**
 * Browsers send the proxy's password to every path of the name. It is removed where the proxy has checked it; elsewhere an application that
 * reads Authorization may be sent a password of its own there, any other must not get one.
 */
function passwordGuard(
  { access: { auth } }: Site,
  preset: Preset,
  signedIn: boolean,
): readonly ResolvedHeader[] {
  if (auth.mode !== 'basic' || auth.passAuthorization) return [];
  if (!signedIn && preset.authorization.value === 'keep') return [];
  const why = signedIn ? 'the password is for the proxy alone' : preset.authorization.why;
  return [
    { op: 'remove', name: 'Authorization', origin: { path: ['access', 'auth', 'passAuthorization'], why } },
  ];
}

/** Response headers of a vhost: HSTS where it has TLS, then the document's rules. */
export function responseHeaderList(site: Site, secure: boolean): readonly ResolvedHeader[] {
  return merge([
    secure ? hstsHeader(site) : [],
    documentHeaders(site.responseHeaders, ['responseHeaders'], site, false),
  ]);
}

function hstsHeader(site: Site): readonly ResolvedHeader[] {
  if (!site.hsts) return [];
  const { maxAgeSeconds, includeSubDomains, preload } = site.hsts;
  const value = `max-age=${maxAgeSeconds}${includeSubDomains ? '; includeSubDomains' : ''}${preload ? '; preload' : ''}`;
  return [
    {
      op: 'set',
      name: 'Strict-Transport-Security',
      value: [{ kind: 'text', text: value }],
      origin: { path: ['hsts'], why: 'your HSTS setting' },
    },
  ];
}

import type { Preset } from '../presets/preset';
import { remember } from '../remember';
import { publicAddress } from '../site/public-url';
import type { Location, Site } from '../site/schema';
import { documentHeaders, forwardedHeaders, merge, removal, withOtherSpellings } from './headers';
import type { ResolvedHeader } from './resolved';
import type { VhostContext, VhostPlace } from './vhost-context';

/** Request headers by access rule. Without sign-in all rules share one array, so that servers may print it once. */
export function requestHeaderLists(
  site: Site,
  preset: Preset,
  place: VhostPlace,
  isSignedIn: VhostContext['isSignedIn'],
): VhostContext['requestHeaders'] {
  const usual = usualList(site, preset, place);
  if (usual !== null) return () => usual;
  const common = forwardedHeaders(site, preset, place);
  const { auth, userHeader } = site.access;
  const build = (rule: Location['access']): readonly ResolvedHeader[] =>
    withOtherSpellings(
      merge([
        ...common,
        auth.mode === 'forward'
          ? auth.copyHeaders.map((name, index) =>
              removal(name, {
                path: ['access', 'auth', 'copyHeaders', index],
                why: 'only the sign-in service may say this',
              }),
            )
          : [],
        userHeader
          ? [
              removal(userHeader.name, {
                path: ['access', 'userHeader'],
                why: 'only the proxy may say who signed in',
              }),
            ]
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
      ]),
    );
  if (auth.mode !== 'basic') {
    const only = build('site');
    return () => only;
  }
  const lists = { site: build('site'), open: build('bypass') };
  return (rule) => (isSignedIn(rule) ? lists.site : lists.open);
}

const usualLists = remember((_: Preset) => new Map<string, readonly ResolvedHeader[]>());

/** Whether a preset's own headers are the same for every site. */
const isGeneral = remember(({ requestHeaders }: Preset): boolean =>
  requestHeaders.every(({ rule }) => rule.op === 'remove' || !/\{(?:public_url|prefix)\}/.test(rule.value)),
);

/**
 * The list of sites that ask for nothing special, made once: it depends on the preset, the scheme and who decides that, and on nothing else of a
 * document. `null` for all other sites.
 */
function usualList(site: Site, preset: Preset, { prefix }: VhostPlace): readonly ResolvedHeader[] | null {
  const { scheme, port } = publicAddress(site);
  if (site.access.auth.mode !== 'none' || site.access.userHeader || site.requestHeaders.length > 0)
    return null;
  if (port !== (scheme === 'https' ? 443 : 80) || prefix.mode === 'strip' || !isGeneral(preset)) return null;
  const lists = usualLists(preset);
  const key = `${scheme} ${site.tls.mode === 'none'} ${site.publicAddress !== undefined}`;
  let list = lists.get(key);
  if (list === undefined) {
    list = withOtherSpellings(merge(forwardedHeaders(site, preset, { prefix, prefixPath: [] })));
    lists.set(key, list);
  }
  return list;
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

const noHeaders: readonly ResolvedHeader[] = [];

/** Response headers of a vhost: HSTS where it has TLS, then the document's rules. */
export function responseHeaderList(site: Site, secure: boolean): readonly ResolvedHeader[] {
  if ((!secure || !site.hsts) && site.responseHeaders.length === 0) return noHeaders;
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

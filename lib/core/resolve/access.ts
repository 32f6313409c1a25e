import type { Access, Location } from '../site/schema';
import { byField } from './decide';
import type { ResolvedAccess, ResolvedAuth } from './resolved';

const path = (...parts: (string | number)[]) => ['access', ...parts];

/** Nobody is asked for anything: redirects, denials and ACME answers. */
export const openAccess: ResolvedAccess = { ip: null, auth: null, satisfy: 'all' };

/** The three rules that a location of a site can be under. */
export function resolveAccess(access: Access): Readonly<Record<Location['access'], ResolvedAccess>> {
  const ip = access.ip.allow.length + access.ip.deny.length === 0 ? null : resolveIp(access);
  const auth = resolveAuth(access);
  const either = access.satisfy === 'any' && ip !== null && auth !== null;
  return {
    site: { ip, auth, satisfy: either ? 'any' : 'all' },
    // Where one of the two is enough and sign-in is not asked for, the addresses alone must not lock anybody out.
    'bypass-auth': either || ip === null ? openAccess : { ip, auth: null, satisfy: 'all' },
    bypass: openAccess,
  };
}

/** What a rule of the document asks for: the site's rules, or addresses of its own beside the sign-in. */
export function locationAccess(
  rules: Readonly<Record<Location['access'], ResolvedAccess>>,
  { class: kind, access, allow }: Location,
  field: readonly (string | number)[],
): ResolvedAccess {
  if (kind === 'deny') return rules.bypass;
  if (allow.length === 0) return rules[access];
  const own = allow.map((range, index) =>
    byField(range, [...field, 'allow', index], 'your address for this path'),
  );
  return { ip: { allow: own, deny: [] }, auth: rules[access].auth, satisfy: 'all' };
}

function resolveIp(access: Access) {
  return {
    allow: access.ip.allow.map((range, index) =>
      byField(range, path('ip', 'allow', index), 'your allowed address'),
    ),
    deny: access.ip.deny.map((range, index) =>
      byField(range, path('ip', 'deny', index), 'your denied address'),
    ),
  };
}

function resolveAuth({ auth }: Access): ResolvedAuth | null {
  if (auth.mode === 'none') return null;
  if (auth.mode === 'basic') {
    return {
      kind: 'basic',
      realm: byField(auth.realm, path('auth', 'realm')),
      usersFile: byField(auth.usersFile, path('auth', 'usersFile')),
    };
  }
  return {
    kind: 'forward',
    upstream: byField(auth.upstream, path('auth', 'upstream')),
    path: byField(auth.path, path('auth', 'path')),
    copyHeaders: auth.copyHeaders.map((name, index) => byField(name, path('auth', 'copyHeaders', index))),
    signInUrl: auth.signInUrl === undefined ? null : byField(auth.signInUrl, path('auth', 'signInUrl')),
  };
}

import type { Issue } from '../../issue';
import { remember } from '../../remember';
import type { ResolvedAccess } from '../../resolve/resolved';
import { type ApacheNode, because, directive, section } from './directive';
import { literalExpression } from './expression';

/**
 * Who may come, as `Require` lines. Every location states its rule in full: a later section replaces the rule of an earlier one, and
 * an open location says so.
 */
export const accessNodes = remember((access: ResolvedAccess): readonly ApacheNode[] => {
  const origin =
    access.ip?.allow[0]?.origin ?? access.ip?.deny[0]?.origin ?? because('nothing restricts this location');
  const ip = access.ip === null ? [] : ipRules(access.ip);
  // What Apache cannot ask stays closed; the issue at the field says why.
  if (access.auth?.kind === 'forward')
    return [directive('Require', ['all', 'denied'], access.auth.upstream.origin)];
  const auth = access.auth;
  if (auth === null) return ip.length === 0 ? [directive('Require', ['all', 'granted'], origin)] : ip;
  const signIn = [
    directive('AuthType', ['Basic'], auth.realm.origin),
    directive('AuthName', [literalExpression(auth.realm.value)], auth.realm.origin),
    directive('AuthBasicProvider', ['file'], auth.usersFile.origin),
    directive('AuthUserFile', [auth.usersFile.value], auth.usersFile.origin),
  ];
  const valid = directive('Require', ['valid-user'], auth.usersFile.origin);
  if (ip.length === 0) return [...signIn, valid];
  return [
    ...signIn,
    section(access.satisfy === 'any' ? 'RequireAny' : 'RequireAll', [], origin, [...ip, valid]),
  ];
});

function ipRules(ip: NonNullable<ResolvedAccess['ip']>): readonly ApacheNode[] {
  const allow = ip.allow.map((range) => directive('Require', ['ip', range.value], range.origin));
  const deny = ip.deny.map((range) => directive('Require', ['not', 'ip', range.value], range.origin));
  const first = ip.allow[0]?.origin ?? ip.deny[0]?.origin;
  if (first === undefined) return [];
  if (deny.length === 0) return [section('RequireAny', [], first, allow)];
  const allowed =
    allow.length === 0
      ? [directive('Require', ['all', 'granted'], first)]
      : [section('RequireAny', [], first, allow)];
  return [section('RequireAll', [], first, [...allowed, ...deny])];
}

/** What Apache cannot do of an access rule. */
export function accessIssues(access: ResolvedAccess): readonly Issue[] {
  if (access.auth?.kind !== 'forward') return [];
  return [
    {
      code: 'apache.forward-auth',
      severity: 'error',
      path: access.auth.upstream.origin.path ?? [],
      message: 'Apache httpd cannot ask another server whether a request may pass',
      hint: 'Use basic authentication here, sign-in of the application itself, or nginx or Caddy for this site.',
    },
  ];
}

/** Modules that an access rule needs. */
export function accessModules(access: ResolvedAccess): readonly string[] {
  return [
    ...(access.ip === null ? [] : ['authz_host']),
    ...(access.auth?.kind === 'basic' ? ['auth_basic', 'authn_core', 'authn_file', 'authz_user'] : []),
  ];
}

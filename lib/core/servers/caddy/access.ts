import type { ResolvedAccess, ResolvedAuth } from '../../resolve/resolved';
import type { RenderTarget } from '../../web-server/render-target';
import { can, gateReason } from './capabilities';
import { forwardAuth } from './forward-auth';
import { because, block, type CaddyNode, directive } from './tree';
import { userVariable } from './value';
import type { VhostView } from './vhost-view';

/** Address rules and sign-in of a location, in the order in which they are asked. `id` keeps matcher names apart. */
export function accessNodes(access: ResolvedAccess, id: number, view: VhostView): readonly CaddyNode[] {
  const { ip, auth } = access;
  if (auth === null) return ip === null ? [] : refuseAddresses(ip, id);
  if (access.satisfy === 'any' && ip !== null) {
    const name = `@sign-in-${id}`;
    return [...strangers(ip, name), ...signIn(auth, name, view)];
  }
  return [...(ip === null ? [] : refuseAddresses(ip, id)), ...signIn(auth, '*', view)];
}

type IpRules = NonNullable<ResolvedAccess['ip']>;

function refuseAddresses(ip: IpRules, id: number): readonly CaddyNode[] {
  const name = `@refused-${id}`;
  const origin = ip.allow[0]?.origin ?? ip.deny[0]?.origin ?? because('your address rules');
  return [...strangers(ip, name), directive(origin, 'respond', name, '403')];
}

/** A matcher for everybody whom the address rules do not let in: all that are denied, and with an allow list all that are not on it. */
function strangers(ip: IpRules, name: string): readonly CaddyNode[] {
  const origin = ip.allow[0]?.origin ?? ip.deny[0]?.origin ?? because('your address rules');
  const values = (rules: IpRules['allow']) => rules.map(({ value }) => value);
  const allowed = directive(origin, 'remote_ip', ...values(ip.allow));
  const denied = directive(origin, 'remote_ip', ...values(ip.deny));
  if (ip.deny.length === 0)
    return [block(origin, name, [], [directive(origin, 'not', 'remote_ip', ...values(ip.allow))])];
  if (ip.allow.length === 0) return [block(origin, name, [], [denied])];
  // Not (allowed and not denied).
  return [
    block(
      origin,
      name,
      [],
      [block(origin, 'not', [], [allowed, directive(origin, 'not', 'remote_ip', ...values(ip.deny))])],
    ),
  ];
}

function signIn(auth: ResolvedAuth, matcher: string, view: VhostView): readonly CaddyNode[] {
  if (auth.kind === 'forward') return forwardAuth(auth, matcher, view);
  return [
    block(
      basicOrigin(auth, view.target),
      can(view.target, 'basicAuthName') ? 'basic_auth' : 'basicauth',
      [matcher, 'bcrypt', auth.realm.value],
      [directive(auth.usersFile.origin, 'import', auth.usersFile.value)],
    ),
    directive(auth.realm.origin, 'vars', '*', userVariable, [{ placeholder: 'http.auth.user.id' }]),
  ];
}

const basicOrigin = (auth: Extract<ResolvedAuth, { kind: 'basic' }>, target: RenderTarget) => ({
  path: auth.realm.origin.path,
  why: `${auth.realm.origin.why}; name of the directive: ${gateReason(target, 'basicAuthName')}`,
});

import type { Location } from '../site/schema';
import type { VhostContext } from './vhost-context';

/**
 * Whether a rule of one's own could be walked around by another spelling. A branch called `feature/ws` may well end in an encoded `/ws`: a pattern that
 * only says what kind of traffic it carries refuses nothing.
 */
export function isStrict(context: VhostContext, location: Location): boolean {
  if (location.match.kind === 'exact' || location.match.kind === 'prefix') return true;
  return (
    location.class === 'deny' ||
    location.class === 'static' ||
    location.upstream !== undefined ||
    location.allow.length > 0 ||
    differsInAccess(context, location.access)
  );
}

/** Whether a location asks for more or less than the rest of its vhost does. */
export function differsInAccess({ access, place }: VhostContext, rule: Location['access']): boolean {
  const [own, usual] = [access[rule], access[place.defaultAccess]];
  return own.ip !== usual.ip || own.auth !== usual.auth || own.satisfy !== usual.satisfy;
}

import type { ResolvedAccess } from '../resolve/resolved';
import { reason } from '../site/origin';
import type { Condition } from './explanation';

const either = reason('one of the two is enough');

/** What a location asks of a client before it answers, in words. */
export function conditionsOf({ ip, auth, satisfy }: ResolvedAccess): readonly Condition[] {
  const asked: Condition[] = [];
  for (const { value, origin } of ip?.deny ?? []) asked.push({ text: `not from ${value}`, origin });
  if (ip !== null && ip.allow.length > 0) {
    const ranges = ip.allow.map(({ value }) => value).join(', ');
    asked.push({ text: `from ${ranges} only`, origin: ip.allow[0]?.origin ?? either });
  }
  if (auth?.kind === 'basic') {
    const { realm, usersFile } = auth;
    asked.push({
      text: `name and password from ${usersFile.value}, else 401 (“${realm.value}”)`,
      origin: usersFile.origin,
    });
  }
  if (auth?.kind === 'forward') {
    const { upstream, path, signInUrl } = auth;
    const otherwise = signInUrl === null ? '401' : `the way to ${signInUrl.value}`;
    asked.push({
      text: `yes from ${upstream.value} at ${path.value}, else ${otherwise}`,
      origin: upstream.origin,
    });
  }
  return satisfy === 'any' ? [...asked, { text: 'one of these is enough', origin: either }] : asked;
}

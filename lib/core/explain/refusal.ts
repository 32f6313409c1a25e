import type { ResolvedVhost } from '../resolve/resolved';
import { climbing, hiddenLetter, type Spellings, spellingsOf } from '../servers/spellings';
import { type LineOrigin, reason } from '../site/origin';
import type { ServerKind } from '../web-server/render-target';
import { readPath } from './read-path';

export interface Refusal {
  readonly status: 400 | 403 | 404;
  readonly why: LineOrigin;
}

const climbs = new RegExp(climbing, 'i');
const hides = new RegExp(hiddenLetter);

/**
 * Why a path is refused for the way in which it is written, `null` where it is not: it climbs, or an application could read it as the path of a
 * location that is strict although it is written otherwise. The patterns are the ones that the three servers get. On the way to https nginx asks nothing: the
 * path goes back to the client as it came.
 *
 * @param target as received, with its query
 */
export function refusalOf(
  { role, locations }: Pick<ResolvedVhost, 'role' | 'locations'>,
  target: string,
  server: ServerKind,
): Refusal | null {
  const path = readPath(target, server);
  const passesOn = role === 'redirect' && server === 'nginx';
  if (climbs.test(target) && !passesOn) {
    return { status: 400, why: reason('the path climbs (“..”, in any encoding) or holds a NUL') };
  }
  if (role === 'redirect') return null;
  const strict = locations.flatMap((location) => {
    const spellings = spellingsOf(location);
    return spellings === null ? [] : [{ spellings, origin: location.origin }];
  });
  if (strict.length > 0 && hides.test(target)) {
    return { status: 400, why: reason('a letter is encoded twice: it could hide a path that has a rule') };
  }
  for (const { spellings, origin } of strict) {
    if (!isRefused(spellings, target, path)) continue;
    return {
      status: spellings.status,
      why: { path: origin.path, why: `another spelling of the path of “${origin.why}”` },
    };
  }
  return null;
}

function isRefused({ written, decoded, read, denies }: Spellings, target: string, path: string): boolean {
  if (!denies) return new RegExp(`^${read}`).test(path) && !new RegExp(`^${written}`).test(target);
  if (target.startsWith('//') && new RegExp(`^/[^/ ]+${read}`, 'i').test(path)) return true;
  return new RegExp(`^${read}`, 'i').test(path) && !new RegExp(`^${decoded}`).test(path);
}

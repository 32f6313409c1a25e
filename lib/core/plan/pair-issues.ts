import type { EventOf } from '../host/event';
import type { Issue } from '../issue';
import type { TargetPlan } from './target-plan';

type Pair = Pick<EventOf<'pair'>, 'path' | 'problem' | 'good' | 'ends' | 'disk' | 'served'>;

/** A certificate on the host with the site that it is for. */
export interface SitePair {
  readonly site: string;
  /** `null`: the host has nothing to look with. */
  readonly pair: Pair | null;
  /** Made by the host itself, for trying out. */
  readonly selfSigned: boolean;
  /** The site serves it by the same path now: what is wrong with it was so before. */
  readonly inUse: boolean;
}

type Chores = NonNullable<TargetPlan['chores']>;

const words: Readonly<Record<NonNullable<Pair['problem']>, (ends: string) => string>> = {
  absent: () => 'does not exist',
  unreadable: () => 'is no certificate that can be read',
  'key-not-of': () => 'does not belong to the key that the site names',
  expired: (ends) => `ended on ${ends}`,
  'not-yet-valid': () => 'is not valid yet by the host’s clock',
  'lacks-names': () => 'does not cover all names of the site',
  'lacks-intermediate': () =>
    'holds no intermediate, and the host itself does not know who signed it: browsers may not trust it',
};

/** What the files of a plan's certificates say before anything is loaded, and what has to be loaded or made again although no text changes. */
export function pairIssues(found: readonly SitePair[]): { issues: Issue[]; chores: Chores } {
  const issues: Issue[] = [];
  const chores: Chores = [];
  for (const { site, pair, selfSigned, inUse } of found) {
    const at = { site, path: ['tls', 'certificate'] };
    if (!pair) {
      issues.push({
        ...at,
        path: ['tls'],
        code: 'host.certificate-unread',
        severity: 'warning',
        message:
          'What its certificate on the host is worth, and when it ends, is not known: the host has no openssl.',
        hint: 'Install openssl on the host.',
      });
      continue;
    }
    if (selfSigned) {
      if (pair.problem === 'absent' || pair.good || !inUse) continue;
      chores.push({ kind: 'renew', site, certificatePath: pair.path });
      issues.push({
        ...at,
        path: ['tls'],
        code: 'plan.renews-certificate',
        severity: 'warning',
        message: `The self-signed certificate ${pair.path} ${pair.problem ? words[pair.problem](day(pair.ends)) : `ends on ${day(pair.ends)}`}: the apply makes a new pair.`,
        hint: 'Anyone who trusted the old one by hand has to trust the new one.',
      });
      continue;
    }
    // What is not there is said by the check of all paths.
    if (pair.problem && pair.problem !== 'absent') {
      issues.push({
        ...at,
        code: 'host.certificate-unfit',
        severity: inUse || pair.problem === 'lacks-intermediate' ? 'warning' : 'error',
        message: `The certificate ${pair.path} ${words[pair.problem](day(pair.ends))}.`,
        hint: 'Put the right file there (certificate first, then its intermediates), or name another one, and plan again.',
      });
    }
    // What runs now would be on no disk: nothing that is worse than it is loaded.
    if (inUse && pair.problem === null && pair.disk && pair.served && pair.disk !== pair.served) {
      chores.push({ kind: 'reload', site, certificatePath: pair.path });
      issues.push({
        ...at,
        code: 'plan.loads-certificate',
        severity: 'warning',
        message: `${pair.path} was replaced and the web server still sends the old certificate: the apply reloads it.`,
        hint: 'What renews this file should reload the web server as well.',
      });
    }
  }
  return { issues, chores };
}

function day(ends: string): string {
  const time = Date.parse(ends);
  return Number.isNaN(time) ? 'a day that cannot be read' : new Date(time).toISOString().slice(0, 10);
}

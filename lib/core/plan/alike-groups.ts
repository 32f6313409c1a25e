import { diffWhole } from './diff';
import type { SiteGroup } from './site-groups';

/** Sites whose changes are the same text but for names, addresses and ports. */
export interface AlikeGroup {
  readonly key: string;
  readonly groups: readonly SiteGroup[];
  /** The text in the masked places, where a site differs there from the first one; in the order of the text. */
  readonly differences: ReadonlyMap<SiteGroup, readonly string[]>;
}

/** Host names, addresses and numbers of four digits or more: what sites made from one template differ in. Everything else has to be equal. */
const individual = /[a-z0-9_*-]+(?:\.[a-z0-9_-]+)+|\[[0-9a-f:]+\]|\b\d{4,5}\b/gi;
const fewest = 3;

interface Masked {
  readonly text: string;
  readonly values: readonly string[];
  /** The values without the site's own name. */
  readonly unnamed: readonly string[];
}

function mask({ site, changes, kind, issues }: SiteGroup): Masked {
  const values: string[] = [];
  const own = site?.name ?? '';
  const lines = changes.flatMap(({ action, role, path, before, after, beforeContent }) => {
    const next = after.kind === 'file' ? after.content : null;
    const link = after.kind === 'link' ? [`-> ${after.target}`] : [];
    const changed = diffWhole(beforeContent, next).filter((line) => line.kind !== 'same');
    return [
      `${action} ${role} ${path} ${before.kind}`,
      ...link,
      ...changed.map((line) => `${line.kind} ${line.text}`),
    ];
  });
  const spelled = own === '' ? null : new RegExp(wholeWord(own), 'g');
  const findings = issues.map(({ code, severity }) => `${severity} ${code}`).sort();
  const text = [kind, ...findings, ...lines].join('\n').replace(individual, (value) => {
    values.push(value);
    return masked;
  });
  return {
    text: spelled ? text.replace(spelled, masked) : text,
    values,
    // What a site is called is no difference worth telling.
    unnamed: spelled ? values.map((value) => value.replace(spelled, masked)) : values,
  };
}

const masked = '\u0001';
/** The name by itself, with dots or as its files spell it. */
const wholeWord = (name: string) =>
  `(?<![a-zA-Z0-9])${name.replace(/[^a-zA-Z0-9]/g, (sign) => (sign === '.' || sign === '-' ? '[.-]' : `\\${sign}`))}(?![a-zA-Z0-9])`;

/**
 * Sites that a plan changes alike, three or more of them, and all others each by itself; in the order of the first of each. A person who has looked at the first one
 * has seen the text of all: what differs is listed, nothing is hidden.
 */
export function alikeGroups(groups: readonly SiteGroup[]): AlikeGroup[] {
  const byText = new Map<string, ({ group: SiteGroup } & Masked)[]>();
  for (const group of groups) {
    const made = mask(group);
    const key =
      group.site === null || group.changes.length === 0
        ? group.key
        : `${group.target.targetId}\n${made.text}`;
    const members = byText.get(key);
    if (members) members.push({ group, ...made });
    else byText.set(key, [{ group, ...made }]);
  }
  const alone = ({ group }: { group: SiteGroup }): AlikeGroup => ({
    key: group.key,
    groups: [group],
    differences: new Map(),
  });
  return [...byText.values()].flatMap((members) => {
    const [first] = members;
    if (!first || members.length < fewest) return members.map(alone);
    const differing = first.unnamed.map((value, index) =>
      members.some(({ unnamed }) => unnamed[index] !== value),
    );
    const differences = new Map(
      members.map(({ group, values }) => [
        group,
        [...new Set(values.filter((_, index) => differing[index]))],
      ]),
    );
    return [{ key: `alike ${first.group.key}`, groups: members.map(({ group }) => group), differences }];
  });
}

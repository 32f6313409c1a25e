import 'server-only';
import type { z } from 'zod';
import type { HostGroup, Policies } from '#api/contract/policies';
import type { TeamChange } from '#api/contract/team';

/** Everything in a team that stops somebody, as it is at one moment. */
export interface Controls {
  readonly policies: Policies;
  readonly team: Required<Omit<z.output<typeof TeamChange>, 'name'>>;
  /** People who may change the rest of it. */
  readonly admins: readonly Named[];
  /** Addresses that hold an open invitation as admin. */
  readonly invited: readonly Named[];
  /** Of hosts that are not gone. */
  readonly hosts: readonly Named[];
}
interface Named {
  readonly id: string;
  readonly name: string;
}

/** How a control says, in words, that it holds less than before. `[]`: it does not. */
type Lowered = (before: Controls, after: Controls) => string[];

const groupOf = ({ policies }: Controls, hostId: string) =>
  policies.groups.find(({ hosts }) => hosts.some(({ id }) => id === hostId));

const approvalsOf = (controls: Controls, hostId: string) =>
  Math.max(controls.policies.approvalsNeeded, groupOf(controls, hostId)?.approvalsNeeded ?? 0);

/** Who may apply to a host beside admins; `null`: every operator. */
function appliersOf(controls: Controls, hostId: string): readonly Named[] | null {
  const group = groupOf(controls, hostId);
  return group?.restricted ? group.operators : null;
}

const namesOf = (items: readonly Named[]) => items.map(({ name }) => name).join(', ');
const addedTo = (before: readonly Named[], after: readonly Named[]) =>
  after.filter(({ id }) => !before.some((each) => each.id === id));

/** In words, what holds less for one host than before. */
type LoweredAtHost = (before: Controls, after: Controls, hostId: string) => string | null;

/** One entry for every field of a group; `null` for what is no control. A group’s rules are asked host by host, so that it does not matter how a host got out of them. */
const ofGroup: Readonly<Record<keyof HostGroup, LoweredAtHost | null>> = {
  id: null,
  name: null,
  description: null,
  approvalsNeeded: (before, after, id) => {
    const [had, has] = [approvalsOf(before, id), approvalsOf(after, id)];
    // What the team as a whole gave up is said once, not of each host.
    const ofItsGroup = groupOf(before, id)?.approvalsNeeded === had;
    return has < had && ofItsGroup ? `approvals needed: ${had} → ${has}` : null;
  },
  restricted: (before, after, id) =>
    appliersOf(before, id) !== null && appliersOf(after, id) === null
      ? 'every operator may apply, not only those of its group'
      : null,
  operators: (before, after, id) => {
    const [had, has] = [appliersOf(before, id), appliersOf(after, id)];
    const more = had && has ? addedTo(had, has) : [];
    return more.length > 0 ? `may be applied to by ${namesOf(more)}, too` : null;
  },
  hosts: null,
};

/** The same words of many hosts as one line. */
function byHost(before: Controls, after: Controls, words: (hostId: string) => string | null): string[] {
  const lines = new Map<string, string[]>();
  for (const { id, name } of before.hosts) {
    // A host that is removed has nothing to be guarded.
    if (!after.hosts.some((host) => host.id === id)) continue;
    const line = words(id);
    if (line !== null) lines.set(line, [...(lines.get(line) ?? []), name]);
  }
  return [...lines].map(
    ([line, names]) =>
      `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}: ${line}`,
  );
}

const frozen = ({ group, startsAt, endsAt }: Policies['freezes'][number]) =>
  `${group?.name ?? 'all hosts'}, ${startsAt.slice(0, 16).replace('T', ' ')} to ${endsAt.slice(0, 16).replace('T', ' ')} UTC`;

/**
 * One entry for everything that a policy or a team can say, and for people. A new field of either is a type error until it is decided here what it means
 * to lower it.
 */
const table: Readonly<Record<keyof Policies | keyof Controls['team'] | 'admins' | 'invited', Lowered>> = {
  approvalsNeeded: ({ policies: before }, { policies: after }) =>
    after.approvalsNeeded < before.approvalsNeeded
      ? [`approvals that every apply needs: ${before.approvalsNeeded} → ${after.approvalsNeeded}`]
      : [],
  groups: (before, after) =>
    Object.values(ofGroup).flatMap((lowered) =>
      lowered ? byHost(before, after, (id) => lowered(before, after, id)) : [],
    ),
  freezes: ({ policies: before }, { policies: after }) =>
    before.freezes
      .filter(
        (freeze) =>
          !after.freezes.some((other) => other.id === freeze.id && frozen(other) === frozen(freeze)),
      )
      .map((freeze) => `a freeze ends or is called off: ${frozen(freeze)}`),
  secondFactorNeeded: ({ team: before }, { team: after }) =>
    before.secondFactorNeeded && !after.secondFactorNeeded ? ['members need no second factor'] : [],
  admins: (before, after) => {
    const more = addedTo(before.admins, after.admins);
    const fewer = addedTo(after.admins, before.admins);
    return [
      ...(more.length > 0 ? [`admin: ${namesOf(more)}`] : []),
      ...(fewer.length > 0 ? [`no admin: ${namesOf(fewer)}`] : []),
    ];
  },
  invited: (before, after) => {
    const more = addedTo(before.invited, after.invited);
    return more.length > 0 ? [`invited as admin: ${namesOf(more)}`] : [];
  },
};

/** Whether there is anything that an admin could lower: in a team without controls it matters to nobody who its admins are. */
const hasControls = ({ policies, team }: Controls) =>
  policies.approvalsNeeded > 0 ||
  policies.freezes.length > 0 ||
  policies.groups.some(({ approvalsNeeded, restricted }) => approvalsNeeded > 0 || restricted) ||
  team.secondFactorNeeded;

/** In words, what holds less after a change than before. `[]`: nothing does. */
export const loweredControls = (before: Controls, after: Controls): string[] =>
  hasControls(before) ? Object.values(table).flatMap((lowered) => lowered(before, after)) : [];

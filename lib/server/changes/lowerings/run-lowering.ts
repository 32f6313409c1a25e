import 'server-only';
import { contract } from '#api/contract/index';
import { LoweringInput } from '#api/contract/lowerings';
import type { Operation } from '#api/operation';
import type { AuditSubject } from '../../door/audit';
import type { Actor, Audited, TeamRef } from '../../door/context';
import { controlsOf } from '../../door/controls/controls-of';
import { loweredControls } from '../../door/controls/lowered-controls';
import type { Handler } from '../../door/route';
import { updateHost } from '../../hosts/update-host';
import { removeMember } from '../../identity/members/remove-member';
import { updateMember } from '../../identity/members/update-member';
import { updateTeam } from '../../identity/teams/update-team';
import type { WriteDb } from '../../platform/database/db';
import { createGroup } from '../policies/create-group';
import { removeFreeze } from '../policies/remove-freeze';
import { removeGroup } from '../policies/remove-group';
import { updateGroup } from '../policies/update-group';
import { updatePolicies } from '../policies/update-policies';

const calls: Readonly<Record<LoweringInput['operation'], { operation: Operation; handler: unknown }>> = {
  'policies.update': { operation: contract.policies.update, handler: updatePolicies },
  'groups.create': { operation: contract.groups.create, handler: createGroup },
  'groups.update': { operation: contract.groups.update, handler: updateGroup },
  'groups.remove': { operation: contract.groups.remove, handler: removeGroup },
  'freezes.remove': { operation: contract.freezes.remove, handler: removeFreeze },
  'hosts.update': { operation: contract.hosts.update, handler: updateHost },
  'team.update': { operation: contract.team.update, handler: updateTeam },
  'members.update': { operation: contract.members.update, handler: updateMember },
  'members.remove': { operation: contract.members.remove, handler: removeMember },
};

/** Who asked for it, in which team. */
interface Asked {
  readonly team: TeamRef;
  readonly actor: Pick<Actor, 'id' | 'name' | 'email'>;
}

/**
 * Makes the change that was asked for inside an open transaction of the team.
 *
 * @returns what it lowered, and its record, which the caller writes
 */
export async function runLowering(tx: WriteDb, input: LoweringInput, { team, actor }: Asked) {
  const { operation, handler } = calls[input.operation];
  const before = await controlsOf(tx);
  let audit: AuditSubject | null = null;
  const context = {
    params: { team: team.id, ...('id' in input ? { id: input.id } : {}) },
    ...('body' in input ? { body: input.body } : {}),
    team,
    actor,
    change: async (work: (tx: WriteDb) => Promise<Audited<unknown>>) => {
      const done = await work(tx);
      audit = done.audit;
      return done.value;
    },
  };
  // These use cases need no more of a request than that.
  await (handler as Handler<Operation>)(context as unknown as Parameters<Handler<Operation>>[0]);
  if (audit === null || operation.audit === null) throw new Error(`${operation.id} changed nothing`);
  const lowers = loweredControls(before, await controlsOf(tx));
  return { lowers, event: operation.audit, audit: audit as AuditSubject };
}

/** As it is stored. */
export const storedInput = (json: unknown): LoweringInput => LoweringInput.parse(json);

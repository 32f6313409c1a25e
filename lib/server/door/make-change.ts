import 'server-only';
import type { AuditEvent, Operation } from '#api/operation';
import { can } from '#core/access/permissions';
import type { WriteDb } from '../platform/database/db';
import { teamWrite } from '../platform/database/team-write';
import { write } from '../platform/database/write';
import { type AuditEntry, writeAudit } from './audit';
import type { Actor, Audited, PersonalAudit, TeamRef } from './context';
import { assertNothingLowered } from './controls/assert-nothing-lowered';
import { controlsOf } from './controls/controls-of';

interface Origin {
  readonly operation: Operation;
  readonly address: string;
  readonly requestId: string;
}

const eventOf = (operation: Operation): AuditEvent => {
  if (operation.audit === null) throw new Error(`${operation.id} only reads`);
  return operation.audit;
};

/**
 * Whether a change may not lower a control. Everything that asks for a proof or is the admins’ own is looked at, whatever it is for; what two people
 * agreed on is the exception.
 */
function guardsControls({ id, audit, gate, ...operation }: Operation): boolean {
  if (audit === null || gate.kind !== 'team' || id === 'lowerings.confirm') return false;
  return !can('operator', gate.permission) || ('proof' in operation && operation.proof !== 'none');
}

interface TeamHooks {
  /** Inside the transaction, after the change. */
  keep(tx: WriteDb, value: unknown): Promise<void>;
  /** The record was written. */
  onCommit(value: unknown): void;
}

/** `Context.change` of a team's operation. */
export function teamChange(origin: Origin, team: TeamRef, actor: Actor, { keep, onCommit }: TeamHooks) {
  return async <T>(work: (tx: WriteDb) => Promise<Audited<T>>): Promise<T> => {
    const event = eventOf(origin.operation);
    const value = await teamWrite(team.id, async (tx) => {
      const guarded = guardsControls(origin.operation);
      const before = guarded ? await controlsOf(tx) : null;
      const done = await work(tx);
      if (before) assertNothingLowered(before, await controlsOf(tx));
      const entry: AuditEntry = {
        ...done.audit,
        event,
        teamIds: [team.id],
        actorId: actor.id,
        actorLabel: actor.email,
        address: origin.address,
        requestId: origin.requestId,
      };
      await writeAudit(tx, entry);
      await keep(tx, done.value);
      return done.value;
    });
    onCommit(value);
    return value;
  };
}

/** `Context.change` of an operation that concerns one person: it is recorded with each of their teams. */
export function personalChange(origin: Origin, onCommit: () => void) {
  return async <T>(work: (tx: WriteDb) => Promise<Audited<T, PersonalAudit>>): Promise<T> => {
    const usual = eventOf(origin.operation);
    const value = await write(async (tx) => {
      const done = await work(tx);
      const { actor, teamIds, event = usual, ...subject } = done.audit;
      await writeAudit(tx, {
        ...subject,
        event,
        teamIds: teamIds.length > 0 ? teamIds : [null],
        actorId: actor.id,
        actorLabel: actor.label,
        address: origin.address,
        requestId: origin.requestId,
      });
      return done.value;
    });
    onCommit();
    return value;
  };
}

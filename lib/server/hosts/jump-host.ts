import 'server-only';
import type { Host } from '../../generated/prisma/client';
import type { WriteDb } from '../platform/database/db';
import { fieldProblem } from '../platform/errors/field-problem';
import { mostJumps } from './ssh-target-of';

type Jump = Pick<Host, 'id' | 'name' | 'transport' | 'access' | 'login' | 'jumpHostId'>;

/** Checks that a host of the team may be the jump host of `host` (`null` for a new one). @throws AppError `invalid`, at the field */
export async function jumpHostIdOf(
  tx: WriteDb,
  id: string | null,
  host: { readonly id: string; readonly transport: string; readonly login: string } | null,
): Promise<string | null> {
  if (id === null) return null;
  const refuse = (code: string, message: string, hint?: string) =>
    fieldProblem(`host.jump-${code}`, ['jumpHostId'], message, hint);
  if (host?.transport === 'local') throw refuse('local', 'this machine is not reached by SSH');
  const path = host ? [host.id] : [];
  for (let next: string | null = id; next !== null; ) {
    const jump: Jump | null = await tx.host.findFirst({ where: { id: next, archivedAt: null } });
    if (!jump) throw refuse('unknown', 'there is no such host');
    if (path.includes(jump.id))
      throw refuse('cycle', `${jump.name} would be reached through itself`, 'Choose another jump host.');
    if (path.length === 0 || (host && path.length === 1)) {
      if (jump.transport === 'local') throw refuse('local', 'the machine of the dashboard needs no jump');
      if (jump.access === 'enrolled')
        throw refuse('locked', `the key of ${jump.name} is locked down and forwards nothing`);
    }
    path.push(jump.id);
    if (path.length > mostJumps + 1) throw refuse('far', `more than ${mostJumps} jumps are too many`);
    next = jump.jumpHostId;
  }
  return id;
}

import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { fieldProblem } from '../../platform/errors/field-problem';

/** Renames a team, whose slug stays so that links stay good, or asks its members for a second factor. */
export const updateTeam: Handler<typeof contract.team.update> = ({ actor, team, body, change }) =>
  change(async (tx) => {
    const before = await tx.team.findUniqueOrThrow({ where: { id: team.id } });
    if (body.secondFactorNeeded && !before.secondFactorNeeded) {
      const own = await tx.user.count({
        where: { id: actor.id, secondFactor: { confirmedAt: { not: null } } },
      });
      if (own === 0) {
        throw fieldProblem(
          'team.own-factor',
          ['secondFactorNeeded'],
          'you have no second factor yourself, and would shut yourself out',
          'Set up an authenticator app first: Settings → Your sign-in.',
        );
      }
    }
    const { name = before.name, secondFactorNeeded = before.secondFactorNeeded } = body;
    const row = await tx.team.update({ where: { id: team.id }, data: { name, secondFactorNeeded } });
    return {
      value: row,
      audit: {
        subject: `team ${row.name}`,
        subjectId: row.id,
        detail: {
          from: { name: before.name, secondFactorNeeded: before.secondFactorNeeded },
          to: { name, secondFactorNeeded },
        },
      },
    };
  });

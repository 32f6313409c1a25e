import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { freeTeamSlug } from './team-slug';

/** Makes a team with the administrator who asks as its admin. */
export const createTeam: Handler<typeof contract.team.create> = ({ actor, body, change }) =>
  change(async (tx) => {
    const team = await tx.team.create({
      data: {
        name: body.name,
        slug: await freeTeamSlug(tx, body.name),
        members: { create: { userId: actor.id, role: 'admin' } },
      },
    });
    return {
      value: team,
      audit: {
        subject: `team ${team.name}`,
        subjectId: team.id,
        actor: { id: actor.id, label: actor.email },
        teamIds: [team.id],
      },
    };
  });

import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { verifyChain } from './verify-chain';

/** Checks the chain over all teams. Tells the contents of a broken row only where it is the team's own. */
export const verifyActivity: Handler<typeof contract.activity.verify> = async ({ team }) => {
  const { broken, triggers, ...report } = await verifyChain();
  const own = broken?.record?.teamId === team.id ? broken.record : null;
  return {
    ...report,
    triggers: [...triggers],
    broken: broken && {
      sequence: broken.sequence,
      reason: broken.reason,
      row: own && { at: own.at, actor: own.actorLabel, event: own.event, subject: own.subject },
    },
  };
};

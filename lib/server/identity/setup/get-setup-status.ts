import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';

/** Whether the first admin still has to be made. */
export const getSetupStatus: Handler<typeof contract.session.setupStatus> = async ({ db }) => ({
  open: (await db.user.count({ take: 1 })) === 0,
});

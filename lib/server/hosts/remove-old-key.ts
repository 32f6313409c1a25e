import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { AppError } from '../platform/errors/app-error';
import { describeHost } from './describe-host';
import { findHost } from './find-host';
import { rekeyOnHost } from './helper/rekey';
import { openHost } from './open-host';

/** Takes a replaced key out of the account that is still in use, or notes that somebody has done so. */
export const removeOldKey: Handler<typeof contract.hosts.removeOldKey> = async ({
  db,
  params,
  body,
  signal,
  change,
}) => {
  const host = await findHost(db, params.id);
  if (!host.oldPublicKey) throw new AppError('conflict', 'There is no replaced key left on this host.');
  if (body.done === 'here') {
    if (host.oldUser !== host.user)
      throw new AppError('conflict', `The dashboard can no longer sign in as ${host.oldUser}.`, {
        hint: 'Take the line out by hand, as the page says.',
      });
    const transport = await openHost(host.id);
    try {
      await rekeyOnHost(
        transport,
        { act: 'drop', oldKey: host.oldPublicKey, newKey: host.publicKey },
        { signal },
      );
    } finally {
      await transport.close();
    }
  }
  return change(async (tx) => {
    await tx.host.update({ where: { id: host.id }, data: { oldPublicKey: null, oldUser: null } });
    const value = describeHost(await findHost(tx, host.id));
    const detail = { user: host.oldUser, done: body.done };
    return { value, audit: { subject: `host ${host.name}`, subjectId: host.id, detail } };
  });
};

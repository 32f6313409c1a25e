import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { notFound } from '../../platform/errors/app-error';
import { auditOfFactor } from '../factors/audit-of-factor';

/** From now on the device signs nobody in. Sessions that it began go on; they are listed and ended on their own. */
export const removePasskey: Handler<typeof contract.passkeys.remove> = ({ actor, params, change }) =>
  change(async (tx) => {
    const row = await tx.passkey.findFirst({ where: { id: params.id, userId: actor.id } });
    if (!row) throw notFound('passkey');
    await tx.passkey.delete({ where: { id: row.id } });
    return { value: undefined, audit: await auditOfFactor(tx, actor, `passkey ${row.name}`) };
  });

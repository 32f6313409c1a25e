import 'server-only';
import type { contract } from '#api/contract/index';
import { notFound } from '../errors/app-error';
import { auditOfFactor } from '../factors/audit-of-factor';
import type { Handler } from '../route';

/** From now on the device signs nobody in. Sessions that it began go on; they are listed and ended on their own. */
export const removePasskey: Handler<typeof contract.passkeys.remove> = ({ actor, params, change }) =>
  change(async (tx) => {
    const row = await tx.passkey.findFirst({ where: { id: params.id, userId: actor.id } });
    if (!row) throw notFound('passkey');
    await tx.passkey.delete({ where: { id: row.id } });
    return { value: undefined, audit: await auditOfFactor(tx, actor, `passkey ${row.name}`) };
  });

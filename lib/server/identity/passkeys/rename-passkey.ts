import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { notFound } from '../../platform/errors/app-error';
import { auditOfFactor } from '../factors/audit-of-factor';
import { describePasskey } from './describe-passkey';

export const renamePasskey: Handler<typeof contract.passkeys.rename> = ({ actor, params, body, change }) =>
  change(async (tx) => {
    const before = await tx.passkey.findFirst({ where: { id: params.id, userId: actor.id } });
    if (!before) throw notFound('passkey');
    const row = await tx.passkey.update({ where: { id: before.id }, data: { name: body.name } });
    return { value: describePasskey(row), audit: await auditOfFactor(tx, actor, `passkey ${row.name}`) };
  });

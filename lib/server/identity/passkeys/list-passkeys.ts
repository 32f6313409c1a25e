import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { describePasskey } from './describe-passkey';

export const listPasskeys: Handler<typeof contract.passkeys.list> = async ({ db, actor }) => {
  const rows = await db.passkey.findMany({ where: { userId: actor.id }, orderBy: { createdAt: 'desc' } });
  return { items: rows.map(describePasskey) };
};

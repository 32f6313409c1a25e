import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { describeIssuer, issuerInclude } from './describe-issuer';

/** The team's issuers by name. */
export const listIssuers: Handler<typeof contract.issuers.list> = async ({ db }) => {
  const rows = await db.issuer.findMany({ include: issuerInclude, orderBy: { name: 'asc' } });
  return { items: rows.map(describeIssuer) };
};

import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { describeSite } from './describe-site';

/** One site with its head document. */
export const getSite: Handler<typeof contract.sites.get> = async ({ team, params, etag }) => {
  const site = await describeSite(team.id, params.id);
  etag(site.head);
  return site;
};

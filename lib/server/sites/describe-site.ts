import 'server-only';
import type { z } from 'zod';
import type { SiteDetail } from '#api/contract/sites';
import { notFound } from '../platform/errors/app-error';
import { nextTurn } from '../platform/next-turn';
import { describeSites } from './describe-sites';
import { headSite } from './head-site';

/** One site of the team with the document of its head. @throws AppError `not-found` */
export async function describeSite(teamId: string, id: string): Promise<z.input<typeof SiteDetail>> {
  await nextTurn();
  const { document, ...row } = await headSite(teamId, id);
  const [summary] = await describeSites([row]);
  if (!summary) throw notFound('site');
  return { ...summary, document };
}

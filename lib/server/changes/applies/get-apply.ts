import 'server-only';
import type { applies } from '#api/contract/applies';
import type { Context } from '../../door/context';
import { notFound } from '../../platform/errors/app-error';
import { applyInclude, applyView } from './apply-view';

/** An apply with its steps and probes. */
export async function getApply({ db, params }: Context<typeof applies.get>) {
  const row = await db.apply.findUnique({ where: { id: params.id }, include: applyInclude });
  if (!row) throw notFound('apply');
  return applyView(row);
}

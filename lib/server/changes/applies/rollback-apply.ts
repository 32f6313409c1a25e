import 'server-only';
import type { applies } from '#api/contract/applies';
import type { Context } from '../../door/context';
import { decideApply } from './decide-apply';

/** Undoes what an apply on trial has changed, now instead of when its time is over. */
export const rollbackApply = (context: Context<typeof applies.rollback>) => decideApply(context, 'rollback');

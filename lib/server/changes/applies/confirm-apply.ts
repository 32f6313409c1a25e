import 'server-only';
import type { applies } from '#api/contract/applies';
import type { Context } from '../../door/context';
import { decideApply } from './decide-apply';

/** Keeps what an apply on trial has changed. */
export const confirmApply = (context: Context<typeof applies.confirm>) => decideApply(context, 'confirm');

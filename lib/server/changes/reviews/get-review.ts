import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { reviewState } from './review-state';

/** How far the review of a plan has come. */
export const getReview: Handler<typeof contract.reviews.get> = ({ db, params, actor, role }) =>
  reviewState(db, params.id, { id: actor.id, role });

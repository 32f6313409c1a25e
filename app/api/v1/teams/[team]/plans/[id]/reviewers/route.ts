import { contract } from '#api/contract/index';
import { requestReview } from '#server/changes/reviews/request-review';
import { route } from '#server/door/route';

export const PUT = route(contract.reviews.request, requestReview);

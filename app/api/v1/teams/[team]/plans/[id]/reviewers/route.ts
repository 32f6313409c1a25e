import { contract } from '#api/contract/index';
import { requestReview } from '#server/reviews/request-review';
import { route } from '#server/route';

export const PUT = route(contract.reviews.request, requestReview);

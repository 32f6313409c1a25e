import { contract } from '#api/contract/index';
import { getReview } from '#server/changes/reviews/get-review';
import { submitReview } from '#server/changes/reviews/submit-review';
import { withdrawReview } from '#server/changes/reviews/withdraw-review';
import { route } from '#server/door/route';

export const GET = route(contract.reviews.get, getReview);
export const PUT = route(contract.reviews.submit, submitReview);
export const DELETE = route(contract.reviews.withdraw, withdrawReview);

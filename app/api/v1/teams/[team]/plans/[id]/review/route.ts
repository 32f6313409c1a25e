import { contract } from '#api/contract/index';
import { getReview } from '#server/reviews/get-review';
import { submitReview } from '#server/reviews/submit-review';
import { withdrawReview } from '#server/reviews/withdraw-review';
import { route } from '#server/route';

export const GET = route(contract.reviews.get, getReview);
export const PUT = route(contract.reviews.submit, submitReview);
export const DELETE = route(contract.reviews.withdraw, withdrawReview);

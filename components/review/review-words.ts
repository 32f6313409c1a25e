import type { Review } from '#api/contract/reviews';

/** Why a review is not counted, for people. */
export const notCountedWords: Record<NonNullable<Review['notCounted']>, string> = {
  outdated: 'No longer counts: the plan was overtaken.',
  'no-reviewer': 'Does not count: may no longer review in this team.',
  author: 'Does not count: made this plan or saved what it brings.',
  applier: 'Counts unless the same person applies the plan.',
};

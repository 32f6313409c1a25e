import type { Review } from '#api/contract/reviews';

/** Why a review is not counted, for people. */
export const notCountedWords: Record<NonNullable<Review['notCounted']>, string> = {
  outdated: 'No longer counts: the plan was overtaken.',
  'no-reviewer': 'Does not count: may not review in this team any more.',
  author: 'Does not count: made this plan or saved what it brings.',
  applier: 'Does not count when you apply: another person has to approve.',
};

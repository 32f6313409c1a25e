import { expect, test } from 'vitest';
import { searchWords } from './search-words';

test.each([
  ['plan jenkins', 'jenkins'],
  ['  Check web1 ', 'web1'],
  ['planner', 'planner'],
  ['go to ci', 'ci'],
  ['plan', 'plan'],
  ['', ''],
])('%j looks for %j', (text, words) => expect(searchWords(text)).toBe(words));

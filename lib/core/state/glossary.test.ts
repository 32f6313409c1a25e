import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { glossaryTables } from './glossary';
import { stateWords } from './state-words';

test('the guide’s glossary says what the screens say', () => {
  const guide = readFileSync(new URL('../../../docs/guide/glossary.md', import.meta.url), 'utf8');
  expect(guide).toContain(glossaryTables());
});

test('within one kind no word stands for two states', () => {
  for (const words of Object.values(stateWords)) {
    const labels = Object.values(words).map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  }
});

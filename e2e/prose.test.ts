import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findOddWords } from './prose/find-odd-words';

const root = fileURLToPath(new URL('..', import.meta.url));
const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
/** Everything that people write here, except generated texts, applied migrations, examples (a stable interface) and the word list. */
const texts = tracked.filter(
  (path) =>
    /\.(?:tsx?|m?js|sh|md|prisma|ya?ml)$/.test(path) &&
    !/(?:^|\/)golden\/|^prisma\/migrations\/|^examples\/|^package-lock\.json$|^e2e\/prose/.test(path) &&
    existsSync(join(root, path)),
);

describe('plain English', () => {
  test('no odd words in comments, strings, names and docs', () => {
    expect(texts.length).toBeGreaterThan(1000);
    const found = texts.flatMap((path) =>
      findOddWords(readFileSync(join(root, path), 'utf8')).map(
        (odd) => `${path}:${odd.line}: “${odd.found}”: write ${odd.instead}`,
      ),
    );
    expect(found).toEqual([]);
  });

  test.each([
    ['a comment', '// Whoever waits for it hears of it.', 'whoever'],
    ['a string', "const hint = 'Mend the file first.';", 'mend'],
    ['a name', 'const encryptAnew = 1;', 'anew'],
    ['two lines of a comment', '/**\n * It is not there any\n * more.\n */', 'any more'],
    ['a page of docs', 'The reason stands beside the button.', 'stands'],
    ['a list', '- as they shall be', 'shall'],
  ])('a planted word is found in %s', (_place, text, word) => {
    expect(findOddWords(text).map(({ found }) => found)).toContain(word);
  });

  test('says the line, from 1, on which it begins', () => {
    expect(findOddWords('one\ntwo\n// not any\n// more')).toMatchObject([{ line: 3, found: 'any more' }]);
  });

  test.each([
    'In Caddy * stands for one label.',
    '[and many more](#presets)',
    'I understand.',
    'any more than one',
  ])('leaves alone: %s', (text) => {
    expect(findOddWords(text)).toEqual([]);
  });
});

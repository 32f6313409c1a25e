import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { blockTokens, sealBlocks } from './block-tokens';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('tokens come from the text without them, and differ by block', () => {
  const [first, second] = [blockTokens(0), blockTokens(1)];
  const text = (a: string, b: string, c: string, d: string) => `ask ${a} say ${b}\nask ${c} say ${d}\n`;
  const { content, tokens } = sealBlocks(
    text(first.question, first.answer, second.question, second.answer),
    2,
  );
  const bare = sha256(text('', '', '', ''));
  expect(tokens).toEqual(
    [0, 1].map((index) => ({
      question: sha256(`q${index} ${bare}`).slice(0, 32),
      answer: sha256(`a${index} ${bare}`).slice(0, 32),
    })),
  );
  const [one, two] = tokens;
  expect(content).toBe(text(one?.question ?? '', one?.answer ?? '', two?.question ?? '', two?.answer ?? ''));
});

test('another text has other tokens', () => {
  const { question, answer } = blockTokens(0);
  const seal = (more: string) => sealBlocks(`${question}${answer}${more}`, 1).tokens[0];
  expect(seal('a')).toEqual(seal('a'));
  expect(seal('a')).not.toEqual(seal('b'));
});

test('what somebody types is never changed, even where it looks like a place for a token', () => {
  const odd = blockTokens(7).question;
  expect(sealBlocks(`${odd}\n`, 1).content).toBe(`${odd}\n`);
});

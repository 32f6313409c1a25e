import { describe, expect, test } from 'vitest';
import { lastLines, plainOutput, visibleSpans } from './visible-text';

describe('plainOutput: what a tool printed cannot dress up the page', () => {
  test('class "hostile text" (Zoraxy #1028): colours, cursor moves, titles and links leave their words only', () => {
    expect(plainOutput('\u001b[31mnginx:\u001b[0m [emerg] \u001b]0;owned\u0007bind()\u001b[2J failed')).toBe(
      'nginx: [emerg] bind() failed',
    );
    expect(plainOutput('\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\')).toBe('click');
    expect(plainOutput('\u009b31mred\u001b(B')).toBe('red');
  });

  test('an escape cut off by the cap eats no more than itself', () => {
    expect(plainOutput('end\u001b[')).toBe('end');
    expect(plainOutput('end\u001b')).toBe('end');
  });

  test('carriage returns end a line instead of overwriting it', () => {
    expect(plainOutput('good\rbad\r\nnext')).toBe('good\nbad\nnext');
  });

  test('backspaces, NUL and direction marks are named', () => {
    expect(plainOutput('a\bb\0c\u202ed')).toBe('a<U+0008>b<U+0000>c<U+202E>d');
  });

  test('plain text, tabs, umlauts and emoji stay as they are', () => {
    const text = 'grün\t✓ 日本 🚀\nzweite';
    expect(plainOutput(text)).toBe(text);
  });
});

describe('visibleSpans: nothing in a file hides from the reviewer', () => {
  test('hidden characters become named spans and nothing is lost', () => {
    expect(visibleSpans('proxy\u200b_pass\u202e;')).toEqual([
      { text: 'proxy', named: false, at: 0 },
      { text: 'U+200B', named: true, at: 5 },
      { text: '_pass', named: false, at: 6 },
      { text: 'U+202E', named: true, at: 11 },
      { text: ';', named: false, at: 12 },
    ]);
    expect(visibleSpans('\u001b[31m')).toEqual([
      { text: 'U+001B', named: true, at: 0 },
      { text: '[31m', named: false, at: 1 },
    ]);
  });

  test('a line without any is one span', () => {
    expect(visibleSpans('server {')).toEqual([{ text: 'server {', named: false, at: 0 }]);
    expect(visibleSpans('')).toEqual([]);
  });
});

describe('lastLines', () => {
  test('keeps the end and counts what it hides', () => {
    const text = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`).join('\n');
    const excerpt = lastLines(`${text}\n`, 12, 10_000);
    expect(excerpt.text.split('\n')).toHaveLength(12);
    expect(excerpt.text.endsWith('line 30')).toBe(true);
    expect(excerpt.hiddenLines).toBe(18);
  });

  test('one endless line is capped by characters', () => {
    const excerpt = lastLines('x'.repeat(50_000), 12, 4_000);
    expect(excerpt.text).toHaveLength(4_000);
    expect(excerpt.hiddenCharacters).toBe(46_000);
    expect(excerpt.hiddenLines).toBe(0);
  });

  test('short output is whole', () => {
    expect(lastLines('ok\n', 12, 4_000)).toEqual({ text: 'ok', hiddenLines: 0, hiddenCharacters: 0 });
  });
});

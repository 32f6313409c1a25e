import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffWhole } from '#core/plan/diff';
import { anyText } from '#core/site/testing/any-text';
import { ServerKind } from '#core/web-server/render-target';
import { lineParts } from './line-parts';

const line = fc.oneof(
  fc.constantFrom('    proxy_read_timeout 60s;', 'listen 443 ssl; # here', '"un closed', '\tset $x "a b";'),
  anyText().map((text) => text.replaceAll('\n', ' ')),
);

test('colours and marks never hide, add or move a character of the review', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ServerKind.options), line, line, (server, old, next) => {
      for (const { text, marks } of diffWhole(`${old}\n`, `${next}\n`)) {
        const parts = lineParts(server, text, marks);
        expect(parts.map((part) => part.text).join('')).toBe(text);
        const marked = parts.flatMap((part) => (part.marked ? [part.text] : [])).join('');
        expect(marked).toBe(marks.map((mark) => text.slice(mark.start, mark.end)).join(''));
      }
    }),
    { numRuns: 1000 },
  );
});

test('a line too long to read is shown whole', () => {
  const long = `allow ${'1'.repeat(5000)};`;
  expect(lineParts('nginx', long, [])).toEqual([{ text: long, kind: 'plain', marked: false, at: 0 }]);
});

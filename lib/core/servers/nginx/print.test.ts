import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dollarVariable, print } from './print';
import { parseConfig } from './testing/parse-config';
import { block, directive, escapePattern, pattern, variable } from './tree';

const origin = { path: ['x'], why: 'test' };
const printOne = (
  ...args: Parameters<typeof directive> extends [unknown, unknown, ...infer Rest] ? Rest : never
) => print([directive(origin, 'name', ...args)]).content;

// What the schema lets through anywhere: everything but control characters.
const text = fc.string({ unit: 'grapheme' }).filter((value) => !/[\p{Cc}\p{Cs}]/u.test(value));
const dollar = `\${${dollarVariable}}`;

describe('print', () => {
  test('a typed value is one word, whatever it holds, and never a variable', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (values) => {
        const [parsed, ...more] = parseConfig(printOne(...values));
        expect(more).toEqual([]);
        expect(parsed?.words).toEqual(['name', ...values.map((value) => value.replaceAll('$', dollar))]);
      }),
      { numRuns: 2000 },
    );
  });

  test('a variable beside text stays itself', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const [parsed] = parseConfig(printOne([before, variable('host'), after]));
        const word = parsed?.words[1] ?? '';
        const literal = (value: string) => value.replaceAll('$', dollar);
        expect([
          `${literal(before)}$host${literal(after)}`,
          `${literal(before)}\${host}${literal(after)}`,
        ]).toContain(word);
        if (/^[A-Za-z0-9_]/.test(after)) expect(word).toContain(`$\{host}`);
      }),
    );
  });

  test('an escaped pattern matches its text and nothing else', () => {
    fc.assert(
      fc.property(text, text, (value, other) => {
        const [parsed] = parseConfig(printOne(pattern(`^${escapePattern(value)}$`)));
        const expression = new RegExp(parsed?.words[1] ?? '');
        expect(expression.test(value)).toBe(true);
        expect(expression.test(other)).toBe(other === value);
      }),
    );
  });

  test('every line has an origin', () => {
    const printed = print([
      { comment: 'one', origin },
      block(origin, 'server', [], [directive(origin, 'a', 'b'), block(origin, 'location', ['/'], [])]),
      block(origin, 'server', [], []),
    ]);
    expect(printed.content.split('\n').length - 1).toBe(printed.lines.length);
  });

  test('a comment cannot end its line', () => {
    expect(print([{ comment: 'a\ninclude /etc/passwd;', origin }]).content).toBe(
      '# a include /etc/passwd;\n',
    );
  });
});

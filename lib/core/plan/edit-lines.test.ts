import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withLine, withoutLine } from './edit-lines';

const line = 'import /etc/caddy/gatehouse/*.caddy';
const owner = fc
  .array(fc.constantFrom('example.com {', '}', '  respond hi', '# note', '', 'import other'), {
    maxLength: 20,
  })
  .map((lines) => lines.map((each) => `${each}\n`).join(''));

describe('the owner’s text is never touched (G6)', () => {
  test('adding our line and taking it away gives the owner’s text back', () => {
    fc.assert(
      fc.property(owner, (text) => {
        const edited = withLine(text, line, 'caddy') ?? '';
        expect(edited).toContain(`${line}\n`);
        expect(withoutLine(edited, line)).toBe(text);
        expect(withLine(edited, line, 'caddy')).toBe(edited);
      }),
    );
  });

  test('a last line without an end keeps its words', () => {
    expect(withLine(':80', line, 'caddy')).toBe(`:80\n${line}\n`);
  });

  test('nginx: an http block on one line takes it too', () => {
    expect(withLine('events {} http { server { listen 80; } }', 'include x;', 'nginx')).toBe(
      'events {} http { server { listen 80; } \n    include x;\n}',
    );
  });
});

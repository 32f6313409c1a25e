import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTemplate } from './template';

test('text and placeholders in order, doubled braces are braces', () => {
  expect(parseTemplate('a {client_ip}{host}')).toEqual([
    { kind: 'text', text: 'a ' },
    { kind: 'placeholder', name: 'client_ip' },
    { kind: 'placeholder', name: 'host' },
  ]);
  expect(parseTemplate('{{client_ip}} {{}}')).toEqual([{ kind: 'text', text: '{client_ip} {}' }]);
});

test('unknown names and single braces are refused', () => {
  for (const value of [
    '{',
    '}',
    '{x}',
    '{client_ip',
    'client_ip}',
    '{}',
    '{client_ip }',
    '{{{',
    '{CLIENT_IP}',
  ]) {
    expect(parseTemplate(value), value).toBeNull();
  }
});

test('doubling braces makes any text literal', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const parts = parseTemplate(text.replaceAll('{', '{{').replaceAll('}', '}}'));
      expect(parts?.map((part) => (part.kind === 'text' ? part.text : part)).join('')).toBe(text);
    }),
  );
});

import { expect, it } from 'vitest';
import { setupToken } from './setup-token';

it('reads the one-time token from the fragment, however the link writes it', () => {
  expect(setupToken('#token=abc-DEF_1')).toBe('abc-DEF_1');
  expect(setupToken('#abc')).toBe('abc');
  expect(setupToken('')).toBe('');
  expect(setupToken('#%')).toBe('%');
});

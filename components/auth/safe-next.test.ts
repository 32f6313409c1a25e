import { describe, expect, it } from 'vitest';
import { safeNext } from './safe-next';

describe('safeNext', () => {
  it('never leads to another site after signing in', () => {
    for (const next of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/\t/evil',
      '/a\\b',
      '',
      null,
    ]) {
      expect(safeNext(next)).toBe('/');
    }
  });

  it('opens the page that was asked for, with its filters', () => {
    expect(safeNext('/build/sites?q=ci&sync=drifted')).toBe('/build/sites?q=ci&sync=drifted');
  });
});

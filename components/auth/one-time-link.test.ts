import { expect, it } from 'vitest';
import { oneTimeLink } from './one-time-link';

it('reads both parts of a link, and takes nothing that was cut short or added to', () => {
  expect(oneTimeLink('abc-1.De_f')).toEqual({ id: 'abc-1', secret: 'De_f' });
  for (const wrong of ['', 'abc', 'abc.', '.def', 'a.b.c', 'a b.c', '<a>.b'])
    expect(oneTimeLink(wrong)).toBeNull();
});

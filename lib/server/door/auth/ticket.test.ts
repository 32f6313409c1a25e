import { afterEach, expect, test, vi } from 'vitest';
import { issueTicket, readTicket } from './ticket';

afterEach(() => {
  vi.useRealTimers();
});

test('a ticket is read by its purpose only, used once, and ends after ten minutes', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const ticket = issueTicket('second-factor', { userId: 'u' });
  expect(readTicket('second-factor', ticket).payload).toEqual({ userId: 'u' });
  expect(() => readTicket('single-sign-on', ticket)).toThrow('too long');
  for (const wrong of ['', 'x', ticket.slice(1), `${ticket.slice(0, -2)}AA`])
    expect(() => readTicket('second-factor', wrong)).toThrow('too long');
  const [first, second] = [readTicket('second-factor', ticket), readTicket('second-factor', ticket)];
  first.use();
  expect(() => second.use()).toThrow('already');
  expect(() => readTicket('second-factor', ticket)).toThrow('already');

  const old = issueTicket('second-factor', { userId: 'u' });
  vi.advanceTimersByTime(10 * 60_000);
  expect(() => readTicket('second-factor', old)).toThrow('too long');
});

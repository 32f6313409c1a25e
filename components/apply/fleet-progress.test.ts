import { expect, test } from 'vitest';
import { fleetProgress } from './fleet-progress';

const of = (...statuses: Parameters<typeof fleetProgress>[0][number]['status'][]) =>
  fleetProgress(statuses.map((status) => ({ status })));

test('every target is counted once, and only what there is is named', () => {
  expect(of('succeeded', 'running', 'queued', 'queued').text).toBe('1 of 4 done, 1 at work, 2 waiting');
  expect(of('succeeded', 'cancelled', 'cancelled').text).toBe('1 of 3 done, 2 cancelled');
  expect(of('rolled-back', 'failed').text).toBe('0 of 2 done, 1 failed, 1 rolled back');
  expect(of('holding', 'interrupted').running).toBe(2);
});

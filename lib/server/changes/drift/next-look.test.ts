import { afterEach, expect, test } from 'vitest';
import { forgetSingletons } from '../../platform/singleton';
import { nextLook, nextTry } from './next-look';

afterEach(() => {
  delete process.env.GATEHOUSE_DRIFT_MINUTES;
  forgetSingletons();
});

test('hosts that were added together do not stay in step: the interval, a tenth more or less', () => {
  process.env.GATEHOUSE_DRIFT_MINUTES = '10';
  const minutes = (random: number) => nextLook(0, random).getTime() / 60_000;
  expect([minutes(0), minutes(0.5), minutes(1)]).toEqual([9, 10, 11]);
});

test('a host that does not answer is tried again after as long as it has been away, an hour at most', () => {
  process.env.GATEHOUSE_DRIFT_MINUTES = '10';
  const waits = [0, 1, 2, 30, 600].map(
    (awayMinutes) => nextTry(new Date(0), awayMinutes * 60_000, 0.5).getTime() / 60_000 - awayMinutes,
  );
  expect(waits.map((wait) => Math.round(wait))).toEqual([1, 1, 2, 30, 60]);
});

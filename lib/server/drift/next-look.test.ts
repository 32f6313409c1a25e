import { afterEach, expect, test } from 'vitest';
import { forgetSingletons } from '../singleton';
import { nextLook } from './next-look';

afterEach(() => {
  delete process.env.GATEHOUSE_DRIFT_MINUTES;
  forgetSingletons();
});

test('hosts that were added together do not stay in step: the interval, a tenth more or less', () => {
  process.env.GATEHOUSE_DRIFT_MINUTES = '10';
  const minutes = (random: number) => nextLook(0, random).getTime() / 60_000;
  expect([minutes(0), minutes(0.5), minutes(1)]).toEqual([9, 10, 11]);
});

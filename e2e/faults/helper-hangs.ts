import { expect } from 'vitest';
import type { StepName } from '#core/change/step';
import type { Fault } from './matrix/fault';

const steps: StepName[] = ['write', 'prove'];

export const helperHangs: Fault = {
  name: 'helper that hangs',
  run: (cell) =>
    cell.cases(steps, async (stage, step) => {
      const edit = await stage.edit();
      // The watchdog’s patience with an apply, which is minutes otherwise.
      await stage.points.set(step, 1, 'hang', 15);
      const apply = await stage.dashboard.apply(edit.plan);
      expect(await stage.points.clear()).toContain(step);
      return stage.expectTruth(edit, apply, ['rolled-back']);
    }),
};

import { expect } from 'vitest';
import type { StepName } from '#core/change/step';
import { applySteps } from '#core/change/step-names';
import type { Fault } from './matrix/fault';
import type { Edit, Stage } from './matrix/stage';

/** From the step machine itself: a new step is covered by being in it. */
export const dashboardKilled: Fault = {
  name: 'kill -9 of the dashboard',
  run: (cell) =>
    cell.cases([...applySteps, 'on trial'], async (stage, when) => {
      const edit = await stage.edit();
      const applyId = when === 'on trial' ? await killOnTrial(stage, edit) : await killAt(stage, edit, when);
      const apply = await stage.recover(applyId);
      return stage.expectTruth(edit, apply);
    }),
};

async function killAt(stage: Stage, edit: Edit, step: StepName): Promise<string> {
  if (step === 'probe') {
    const child = await stage.applyInChild(edit, { dieAt: step });
    expect(await child.gone).toBe('SIGKILL');
    return child.applyId;
  }
  await stage.points.set(step, 1, 'pause');
  const child = await stage.applyInChild(edit);
  expect(await stage.points.reached()).toContain(step);
  await child.kill();
  await stage.points.release();
  return child.applyId;
}

/** Too little time is left for anybody to decide. */
async function killOnTrial(stage: Stage, edit: Edit): Promise<string> {
  const child = await stage.applyInChild(edit, { holdSeconds: 8 });
  await stage.dashboard.until(child.applyId, ({ status }) => status === 'holding');
  await child.kill();
  return child.applyId;
}

import { expect } from 'vitest';
import type { StepName } from '#core/change/step';
import { applySteps, occasionalSteps, rollbackSteps } from '#core/change/step-names';
import type { Cell, Fault } from './matrix/fault';
import type { Stage } from './matrix/stage';

interface Point {
  readonly step: StepName;
  readonly index: number;
}

/** The dashboard's own step, in which the host has no part, and those that are not part of every apply. */
const elsewhere: readonly StepName[] = ['probe', ...occasionalSteps];
const onHost = [...applySteps, ...rollbackSteps].filter((step) => !elsewhere.includes(step));
const wayBack: readonly StepName[] = rollbackSteps;

/** Points are found by looking at one apply and one way back, so that a new step or command is covered by itself. */
export const helperKilled: Fault = {
  name: 'kill -9 of the helper',
  async run(cell) {
    let counts = new Map<string, number>();
    await cell.cases(['recording'], async (stage) => {
      counts = await recordPoints(stage);
      expect([...counts.keys()]).toEqual(expect.arrayContaining(onHost));
      return 'recorded';
    });
    const points = new Map(onHost.flatMap((step) => chosen(cell, step, counts.get(step) ?? 0)));
    await cell.cases([...points.keys()], (stage, name) => {
      const point = points.get(name);
      if (!point) throw new Error(`no point ${name}`);
      return wayBack.includes(point.step) ? killOnWayBack(stage, point) : killOnWay(stage, point);
    });
  },
};

function chosen({ everyPoint }: Cell, step: StepName, count: number): [string, Point][] {
  const all = Array.from({ length: count }, (_, index) => index);
  const some = everyPoint ? all : [...new Set([0, count - 1])];
  return some.map((index) => [`${step} ${index}`, { step, index }]);
}

/** The most that each step had: an edit that adds a site has other points than one that removes it. */
async function recordPoints(stage: Stage): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const note = async () => {
    for (const [step, count] of await stage.points.recorded()) {
      counts.set(step, Math.max(count, counts.get(step) ?? 0));
    }
  };
  const kept = await stage.edit();
  await stage.points.record();
  const apply = await stage.dashboard.apply(kept.plan);
  await note();
  await stage.expectTruth(kept, apply, ['succeeded']);
  const undone = await stage.edit();
  await stage.points.record();
  const id = await stage.hold(undone);
  await stage.rollBack(id);
  await stage.ended(id);
  await note();
  await stage.expectTruth(undone, await stage.ended(id), ['rolled-back']);
  return counts;
}

/** Where this edit has fewer points than the recorded one, nothing was killed: once more, a point earlier. */
async function killOnWay(stage: Stage, { step, index }: Point): Promise<string> {
  if (index < 0) throw new Error(`nothing came to ${step}`);
  const edit = await stage.edit();
  await stage.points.set(step, index, 'kill');
  const apply = await stage.dashboard.apply(edit.plan);
  const hit = await stage.points.clear();
  const outcome = await stage.expectTruth(edit, apply, hit ? undefined : ['succeeded']);
  return hit ? outcome : killOnWay(stage, { step, index: index - 1 });
}

async function killOnWayBack(stage: Stage, { step, index }: Point): Promise<string> {
  if (index < 0) throw new Error(`nothing came to ${step}`);
  const edit = await stage.edit();
  const id = await stage.hold(edit);
  await stage.points.set(step, index, 'kill');
  await stage.rollBack(id);
  const apply = await stage.ended(id);
  const hit = await stage.points.clear();
  const outcome = await stage.expectTruth(edit, apply, ['rolled-back']);
  return hit ? outcome : killOnWayBack(stage, { step, index: index - 1 });
}

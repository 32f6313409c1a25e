import type { StepName } from '#core/change/step';
import { applySteps, occasionalSteps, rollbackSteps } from '#core/change/step-names';
import { dashboardKilled } from '../dashboard-killed';
import { diskFull } from '../disk-full';
import { linkCut } from '../link-cut';
import { manualEdit } from '../manual-edit';
import { manualEditMeanwhile } from '../manual-edit-meanwhile';
import type { Fault } from '../matrix/fault';
import type { Stage } from '../matrix/stage';
import { powerCut } from '../power-cut';
import { serverNotRunning } from '../server-not-running';
import { sessionKilled } from '../session-killed';
import { twoDashboards } from '../two-dashboards';
import type { Dice } from './dice';

/** Something that may happen to a host, with the check after it. Resolves to the outcome. */
export interface Operation {
  readonly name: string;
  /** How often, compared with the others. */
  readonly weight: number;
  run(stage: Stage, dice: Dice): Promise<string>;
}

/** One case of a row of the matrix, chosen by the dice. */
function oneCase(fault: Fault, weight: number): Operation {
  return {
    name: fault.name,
    weight,
    async run(stage, dice) {
      let outcome = '';
      await fault.run({
        server: stage.webServer,
        everyPoint: true,
        async cases(names, run) {
          const name = dice.pick(names);
          outcome = `${name}: ${await run(stage, name)}`;
        },
      });
      return outcome;
    },
  };
}

const edit: Operation = {
  name: 'edit',
  weight: 6,
  async run(stage, dice) {
    const change = await stage.edit({ alone: dice.below(2) === 0 });
    return stage.expectTruth(change, await stage.apply(change), ['succeeded']);
  },
};

const trial: Operation = {
  name: 'edit on trial',
  weight: 3,
  async run(stage, dice) {
    const change = await stage.edit();
    const id = await stage.hold(change);
    const keep = dice.below(2) === 0;
    await (keep ? stage.confirm(id) : stage.rollBack(id));
    return stage.expectTruth(change, await stage.ended(id), [keep ? 'succeeded' : 'rolled-back']);
  },
};

const killHelper: Operation = {
  name: 'kill -9 of the helper',
  weight: 5,
  async run(stage, dice) {
    const elsewhere: readonly StepName[] = ['probe', ...occasionalSteps];
    const steps = [...applySteps, ...rollbackSteps].filter((step) => !elsewhere.includes(step));
    const step: StepName = dice.pick(steps);
    const change = await stage.edit();
    const back = (rollbackSteps as readonly StepName[]).includes(step);
    const id = back ? await stage.hold(change) : null;
    await stage.points.set(step, dice.below(12), 'kill');
    if (id) await stage.rollBack(id);
    const apply = id ? await stage.ended(id) : await stage.dashboard.apply(change.plan);
    const hit = await stage.points.clear();
    return `${hit ? step : 'not reached'}: ${await stage.expectTruth(change, apply)}`;
  },
};

export const operations: readonly Operation[] = [
  edit,
  trial,
  killHelper,
  oneCase(manualEdit, 2),
  oneCase(manualEditMeanwhile, 2),
  oneCase(dashboardKilled, 3),
  oneCase(sessionKilled, 3),
  oneCase(powerCut, 2),
  oneCase(twoDashboards, 2),
  oneCase(diskFull, 1),
  oneCase(serverNotRunning, 1),
  oneCase(linkCut, 1),
];

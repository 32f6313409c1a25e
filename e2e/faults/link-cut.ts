import { setTimeout } from 'node:timers/promises';
import { applySteps } from '#core/change/step-names';
import type { Fault } from './matrix/fault';

/** Longer than the dashboard’s keepalive takes to notice. */
const silentMs = 42_000;

export const linkCut: Fault = {
  name: 'link cut: packets dropped',
  run: (cell) =>
    cell.cases(applySteps, async (stage, step) => {
      const edit = await stage.edit();
      stage.undoLater(() => stage.host.restoreLink());
      const apply = await stage.applyAndStrike(edit, step, async () => {
        await stage.host.cutLink();
        await stage.points.release();
        await setTimeout(silentMs);
        await stage.host.restoreLink();
      });
      return stage.expectTruth(edit, apply);
    }),
};

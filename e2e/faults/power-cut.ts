import { applySteps } from '#core/change/step-names';
import type { Fault } from './matrix/fault';

export const powerCut: Fault = {
  name: 'power cut, then boot',
  run: (cell) =>
    cell.cases([...applySteps, 'on trial'], async (stage, when) => {
      const edit = await stage.edit();
      const cut = async () => {
        await stage.host.powerCut();
        await stage.host.boot();
      };
      if (when !== 'on trial') {
        const apply = await stage.applyAndStrike(edit, when, cut);
        return stage.expectTruth(edit, apply);
      }
      const id = await stage.hold(edit);
      await cut();
      await stage.rollBack(id);
      return stage.expectTruth(edit, await stage.ended(id), ['rolled-back']);
    }),
};

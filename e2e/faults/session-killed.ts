import { applySteps } from '#core/change/step-names';
import type { Fault } from './matrix/fault';

export const sessionKilled: Fault = {
  name: 'link cut: sshd’s child killed',
  run: (cell) =>
    cell.cases(applySteps, async (stage, step) => {
      const edit = await stage.edit();
      const apply = await stage.applyAndStrike(edit, step, () => stage.host.killSshSessions());
      return stage.expectTruth(edit, apply);
    }),
};

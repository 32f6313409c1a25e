import type { Fault } from './matrix/fault';

const hours = 2;
const offsetsMs = { 'dashboard ahead': hours * 3_600_000, 'dashboard behind': -hours * 3_600_000 };
const wrapper = (words: string) => `#!/bin/sh\nexec /usr/bin/date -d '${words}' "$@"\n`;

export const clockOff: Fault = {
  name: 'clock two hours off',
  run: (cell) =>
    cell.cases(
      ['dashboard ahead', 'dashboard behind', 'host ahead', 'host behind', 'on trial, dashboard ahead'],
      async (stage, whose) => {
        if (whose === 'host ahead' || whose === 'host behind') {
          // Machines of a lab share one clock: what the helper asks for the time is another program.
          stage.undoLater(() => stage.host.exec(['rm', '/usr/local/sbin/date']));
          const words = whose === 'host ahead' ? `${hours} hours` : `${hours} hours ago`;
          await stage.host.writeFile('/usr/local/sbin/date', wrapper(words), '755');
          const edit = await stage.edit();
          return stage.expectTruth(edit, await stage.apply(edit), ['succeeded']);
        }
        const edit = await stage.edit();
        if (whose === 'on trial, dashboard ahead') {
          const clockOffsetMs = offsetsMs['dashboard ahead'];
          const child = await stage.applyInChild(edit, { clockOffsetMs, holdSeconds: 5 });
          const apply = await stage.ended(child.applyId);
          await child.gone;
          return stage.expectTruth(edit, apply, ['rolled-back']);
        }
        const child = await stage.applyInChild(edit, { clockOffsetMs: offsetsMs[whose] });
        const apply = await stage.ended(child.applyId);
        await child.gone;
        // Certificates made on the host just now are judged by the host's clock.
        return stage.expectTruth(edit, apply, ['succeeded']);
      },
    ),
};

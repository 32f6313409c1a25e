import { setTimeout } from 'node:timers/promises';
import type { Fault } from './matrix/fault';

export const diskFull: Fault = {
  name: 'disk full',
  run: (cell) =>
    cell.cases(
      ['before', 'journal', 'backup', 'write', 'reload', 'on trial, then undone', 'on trial, then kept'],
      async (stage, when) => {
        const edit = await stage.edit();
        const fill = async () => {
          stage.undoLater(() => stage.host.freeDisk());
          await stage.host.fillDisk();
        };
        if (when === 'before') {
          await fill();
          const apply = await stage.dashboard.apply(edit.plan);
          await stage.host.freeDisk();
          return stage.expectTruth(edit, apply);
        }
        if (when === 'journal' || when === 'backup' || when === 'write' || when === 'reload') {
          const apply = await stage.applyAndStrike(edit, when, fill);
          await stage.host.freeDisk();
          return stage.expectTruth(edit, apply);
        }
        const id = await stage.hold(edit);
        await fill();
        const undo = when === 'on trial, then undone';
        const decided = undo ? stage.rollBack(id) : stage.confirm(id);
        if (!undo) {
          // A confirmation that cannot be written down is said again until it can.
          await setTimeout(3000);
          await stage.host.freeDisk();
        }
        await decided;
        const apply = await stage.ended(id);
        await stage.host.freeDisk();
        return stage.expectTruth(edit, apply, [undo ? 'rolled-back' : 'succeeded']);
      },
    ),
};

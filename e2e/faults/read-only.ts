import { setTimeout } from 'node:timers/promises';
import type { Host } from '#lab/index';
import type { Fault } from './matrix/fault';

export const readOnly: Fault = {
  name: 'read-only file system',
  run: (cell) =>
    cell.cases(['before', 'journal', 'write', 'reload'], async (stage, when) => {
      const edit = await stage.edit();
      if (when === 'before') {
        await remount(stage.host);
        const apply = await stage.dashboard.apply(edit.plan);
        await stage.host.readOnly(false);
        return stage.expectTruth(edit, apply, ['failed']);
      }
      // What the kernel does when a disk fails, halfway through; then somebody turns the machine off and on.
      const apply = await stage.applyAndStrike(edit, when, async () => {
        await stage.host.failDisk();
        await stage.points.release();
        await setTimeout(3000);
        await stage.host.powerCut();
        await stage.host.boot();
      });
      return stage.expectTruth(edit, apply, ['failed', 'rolled-back']);
    }),
};

/** Works only while nothing is open for writing: a watchdog that is about to leave still has the lock. */
async function remount(host: Host): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await host.readOnly(true);
    } catch (error) {
      if (attempt === 40) throw error;
      await setTimeout(250);
    }
  }
}

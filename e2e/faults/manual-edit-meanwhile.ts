import { expect } from 'vitest';
import type { Fault } from './matrix/fault';

/** What somebody changes while an apply has not written yet is theirs: nothing is written over it, and nothing is "put back". */
export const manualEditMeanwhile: Fault = {
  name: 'manual edit during the apply',
  run: (cell) =>
    cell.cases(['preflight', 'write', 'power cut at preflight'], async (stage, when) => {
      const edit = await stage.edit();
      const changes = edit.plan.targets.flatMap((target) => target.changes);
      const change = changes.find(({ action, after }) => action === 'update' && after.kind === 'file');
      const path = change?.path ?? '';
      await stage.host.exec(['cp', '-a', path, '/root/kept.conf']);
      stage.undoLater(() => stage.host.exec(['mv', '-fT', '/root/kept.conf', path]));
      await stage.remember(edit);
      const apply = await stage.applyAndStrike(edit, when === 'write' ? 'write' : 'preflight', async () => {
        await stage.host.exec(['sh', '-c', 'echo "# by hand" >>"$1"', 'sh', path]);
        await stage.host.sync();
        await stage.remember(edit, path);
        if (when !== 'power cut at preflight') return;
        await stage.host.powerCut();
        await stage.host.boot();
      });
      const outcome = await stage.expectTruth(edit, apply, ['failed', 'rolled-back']);
      expect(await stage.host.readFile(path)).toMatch(/# by hand\n$/);
      return outcome;
    }),
};

import { expect } from 'vitest';
import type { Fault } from './matrix/fault';

export const manualEdit: Fault = {
  name: 'manual edit between review and apply',
  run: (cell) =>
    cell.cases(['edited', 'removed', 'mode changed', 'replaced by a link'], async (stage, how) => {
      const edit = await stage.edit();
      const changes = edit.plan.targets.flatMap((target) => target.changes);
      const change = changes.find(({ action, after }) => action === 'update' && after.kind === 'file');
      const path = change?.path ?? '';
      const scripts = {
        edited: 'echo "# by hand" >>"$1"',
        removed: 'rm "$1"',
        'mode changed': 'chmod 600 "$1"',
        'replaced by a link': 'mv "$1" /root/moved.conf && ln -s /root/moved.conf "$1"',
      };
      await stage.host.exec(['cp', '-a', path, '/root/kept.conf']);
      stage.undoLater(() => stage.host.exec(['mv', '-fT', '/root/kept.conf', path]));
      await stage.host.exec(['sh', '-c', scripts[how], 'sh', path]);
      await stage.remember(edit);
      const apply = await stage.apply(edit);
      expect(apply?.failure).toMatchObject({ code: 'apply.stale' });
      expect(apply?.failure?.message).toContain(path);
      return stage.expectTruth(edit, apply, ['failed']);
    }),
};

import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Fault } from './matrix/fault';

export const sudoRefused: Fault = {
  name: 'sudo refused',
  run: (cell) =>
    cell.cases(['between review and apply', 'on trial, then kept'], async (stage, when) => {
      const edit = await stage.edit();
      const refuse = () => stage.host.exec('mv /etc/sudoers.d/deploy /etc/.deploy');
      const allow = () => stage.host.exec('mv /etc/.deploy /etc/sudoers.d/deploy');
      if (when === 'between review and apply') {
        await refuse();
        const apply = await stage.dashboard.apply(edit.plan);
        await allow();
        expect(apply.failure).toMatchObject({ code: 'apply.sudo-refused' });
        return stage.expectTruth(edit, apply, ['failed']);
      }
      const id = await stage.hold(edit);
      await refuse();
      const confirmed = stage.confirm(id);
      await setTimeout(3000);
      await allow();
      await confirmed;
      const apply = await stage.ended(id);
      return stage.expectTruth(edit, apply, ['succeeded']);
    }),
};

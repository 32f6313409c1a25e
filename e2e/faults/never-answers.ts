import { expect } from 'vitest';
import type { Fault } from './matrix/fault';

const freeze = ['pkill', '-STOP', '-f', '^sshd(-session)?: [^/]'];
const thaw = ['pkill', '-CONT', '-f', '^sshd(-session)?: [^/]'];
const endSshd = `
  listener=$(cat /run/sshd.pid)
  kill "$listener"
  while kill -0 "$listener" 2>/dev/null; do sleep 0.01; done
`;

export const neverAnswers: Fault = {
  name: 'host that accepts and never answers',
  run: (cell) =>
    cell.cases(['when called', 'halfway'], async (stage, when) => {
      const { host } = stage;
      const edit = await stage.edit();
      if (when === 'halfway') {
        stage.undoLater(() => host.exec(thaw, { check: false }));
        const apply = await stage.applyAndStrike(edit, 'write', () => host.exec(freeze));
        return stage.expectTruth(edit, apply);
      }
      await host.exec(endSshd);
      await stage.listen(22);
      await host.killSshSessions();
      const apply = await stage.dashboard.apply(edit.plan);
      expect(apply.failure?.message).toContain('Nothing was written');
      await stage.cleanUp();
      await host.exec('until /usr/sbin/sshd; do sleep 0.1; done');
      return stage.expectTruth(edit, apply, ['failed']);
    }),
};

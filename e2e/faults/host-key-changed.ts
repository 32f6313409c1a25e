import { expect } from 'vitest';
import type { Fault } from './matrix/fault';

const putBack = `
  listener=$(cat /run/sshd.pid)
  kill "$listener"
  while kill -0 "$listener" 2>/dev/null; do sleep 0.01; done
  rm -f /etc/ssh/ssh_host_*
  mv /run/keys/* /etc/ssh/
  rmdir /run/keys
  /usr/sbin/sshd
`;

export const hostKeyChanged: Fault = {
  name: 'host key changed',
  run: (cell) =>
    cell.cases(['between review and apply'], async (stage) => {
      const edit = await stage.edit();
      await stage.host.exec('mkdir -m 700 /run/keys && cp -a /etc/ssh/ssh_host_* /run/keys');
      await stage.host.rotateHostKey();
      await stage.host.killSshSessions();
      const apply = await stage.dashboard.apply(edit.plan);
      expect(apply.failure).toMatchObject({ code: 'apply.host-key-changed' });
      await stage.host.exec(putBack);
      await stage.host.killSshSessions();
      await stage.remember(edit);
      return stage.expectTruth(edit, apply, ['failed']);
    }),
};

import type { ServerName } from '#lab/index';
import type { Fault } from './matrix/fault';
import type { Stage } from './matrix/stage';

const tools: Record<ServerName, { path: string; test: string }> = {
  nginx: { path: '/usr/sbin/nginx', test: '-t' },
  apache: { path: '/usr/sbin/apache2ctl', test: '-t' },
  caddy: { path: '/usr/bin/caddy', test: 'validate' },
};
const noise = "head -c 5000000 /dev/zero | tr '\\0' x | fold -w 100";

export const megabytes: Fault = {
  name: 'output of megabytes',
  run: (cell) =>
    cell.cases(['a test that passes', 'a test that fails', 'a login shell'], async (stage, who) => {
      if (who === 'a login shell') {
        const path = '/home/deploy/.bashrc';
        await stage.host.exec(['cp', '-a', path, `${path}.kept`]);
        stage.undoLater(() => stage.host.exec(['mv', `${path}.kept`, path]));
        const text = await stage.host.readFile(path);
        await stage.host.writeFile(path, `${noise}; ${noise} >&2\n${text}`);
      } else if (who === 'a test that passes') {
        await makeNoisy(stage, '');
      }
      const edit = await stage.edit();
      if (who === 'a test that fails') {
        await makeNoisy(stage, 'exit 1;');
        await stage.remember(edit);
      }
      const allowed = who === 'a test that fails' ? ['failed' as const] : ['succeeded' as const];
      return stage.expectTruth(edit, await stage.apply(edit), allowed);
    }),
};

async function makeNoisy(stage: Stage, then: string): Promise<void> {
  const { host, webServer } = stage;
  const { path, test } = tools[webServer];
  await host.exec(['mv', path, `${path}.real`]);
  stage.undoLater(() => host.exec(['mv', `${path}.real`, path]));
  const script = `#!/bin/sh\n[ "$1" != ${test} ] || { { ${noise}; } >&2; ${then} }\nexec ${path}.real "$@"\n`;
  await host.writeFile(path, script, '755');
}

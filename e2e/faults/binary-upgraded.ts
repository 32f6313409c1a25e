import type { Fault } from './matrix/fault';

const binaries = { nginx: '/usr/sbin/nginx', apache: '/usr/sbin/apache2', caddy: '/usr/bin/caddy' };
/** Another version beside, moved into its place as a package manager does: the running process keeps the one it was started from. */
const upgrade = `
  version=$("$1" $2 2>&1 | grep -oE '[0-9]+\\.[0-9]+\\.[0-9]+' | head -n 1)
  cp -p "$1" "$1.new"
  LC_ALL=C sed -i "s/$(echo "$version" | sed 's/\\./\\\\./g')/\${version%?}9/g" "$1.new"
  mv "$1" "$1.old" && mv "$1.new" "$1"
  "$1" $2 2>&1 | grep -qF "\${version%?}9"
`;

export const binaryUpgraded: Fault = {
  name: 'server binary upgraded between review and apply',
  run: (cell) =>
    cell.cases(['upgraded, not restarted', 'upgraded and restarted'], async (stage, how) => {
      const { host, webServer } = stage;
      const path = binaries[webServer];
      const edit = await stage.edit();
      stage.undoLater(() => host.exec(['mv', `${path}.old`, path]));
      await host.exec(['sh', '-euc', upgrade, 'sh', path, webServer === 'caddy' ? 'version' : '-v']);
      if (how === 'upgraded and restarted') {
        await host.stopServer(webServer);
        await host.startServer(webServer);
      }
      await stage.remember(edit);
      return stage.expectTruth(edit, await stage.apply(edit));
    }),
};

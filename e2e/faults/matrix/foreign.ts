import type { ServerName } from '#lab/index';
import type { Stage } from './stage';

/** Where a person has put configuration of their own. */
const places: Record<ServerName, string> = {
  nginx: '/etc/nginx/conf.d/mine.conf',
  apache: '/etc/apache2/sites-enabled/000-mine.conf',
  caddy: '/etc/caddy/Caddyfile',
};

/** Adds to what a person has configured on the host, until the end of the case. */
export async function addForeign(stage: Stage, texts: Record<ServerName, string>): Promise<void> {
  const { host, webServer } = stage;
  const path = places[webServer];
  const text = texts[webServer];
  if (webServer !== 'caddy') {
    // A web server that has read it would go on with it, and the next plan would say so.
    const reload = { nginx: 'nginx -s reload', apache: 'apache2ctl graceful' }[webServer];
    stage.undoLater(() => host.exec(`rm -f ${path}; ${reload}`, { check: false }));
    await host.writeFile(path, text);
    return;
  }
  const original = await host.readFile(path);
  stage.undoLater(() => host.writeFile(path, original));
  await host.writeFile(path, `${original}\n${text}`);
}

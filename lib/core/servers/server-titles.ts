import type { ServerKind } from '../web-server/render-target';

/** What people call the web servers. */
export const serverTitles: Readonly<Record<ServerKind, string>> = {
  nginx: 'nginx',
  apache: 'Apache',
  caddy: 'Caddy',
};

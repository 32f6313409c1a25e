import type { ServerKind } from '../web-server/render-target';
import { readApache } from './apache/read-apache';
import { readCaddy } from './caddy/read-caddy';
import { readNginx } from './nginx/read-nginx';
import type { ServerInventory } from './server-inventory';
import type { SourceTree } from './source-tree';

const readers = { nginx: readNginx, apache: readApache, caddy: readCaddy } as const;

const reasons: Readonly<Record<string, string>> = {
  gone: 'it went away while it was read',
  'not-a-file': 'it is not a file',
  'holds-a-key': 'it holds a private key, which is never read',
  private: 'it lies outside of the configuration’s own directory, and not everybody on the host may read it',
  'too-large': 'it is too large',
};

/** What a server serves by these texts. What could not be read is a gap, never a guess. */
export function readInventory(server: ServerKind, running: boolean, tree: SourceTree): ServerInventory {
  const found = readers[server](tree);
  return {
    server,
    running,
    mainConfig: tree.main,
    ...found,
    gaps: [
      ...(tree.main === null
        ? [
            {
              path: '/',
              line: null,
              message: 'the running server does not tell which main configuration it reads',
            },
          ]
        : []),
      ...found.gaps,
      ...tree.unread.map(({ path, reason }) => ({
        path,
        line: null,
        message: `was not read: ${reasons[reason] ?? reason}`,
      })),
    ],
    tookMs: null,
  };
}

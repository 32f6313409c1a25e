import { isOlder } from './app-version';
import { giteaChecklist, giteaFamily, giteaSubPath } from './parts/gitea-family';
import type { Preset } from './preset';

// Sources: GT = Gitea's reverse-proxies page (docs.gitea.com, 1.27); the facts shared with Forgejo stand in parts/gitea-family.ts.
const family = giteaFamily('Gitea');

export const gitea: Preset<'gitea'> = {
  ...family,
  id: 'gitea',
  title: 'Gitea',
  summary: 'Git hosting with Actions, packages and a container registry.',
  docsUrl: 'https://docs.gitea.com/administration/reverse-proxies',
  // GT: possible below a path, with /v2/ besides.
  prefix: { modes: ['none', 'strip'], suggestion: '/gitea/' },
  locations: [
    // Gitea's notifications over a WebSocket instead of /user/events (reported 2026-11, judgement: the sources were not read); Forgejo keeps the event stream.
    {
      match: { kind: 'exact', path: '/-/ws' },
      class: 'ws',
      why: 'Gitea: newer releases bring notifications over a WebSocket',
    },
    ...family.locations,
  ],
  checklist: (site) => [
    ...giteaChecklist('Gitea', site),
    ...(isOlder(site.appVersion, '1.26')
      ? []
      : [
          {
            // GT: default auto since 1.26, according to the notes of that release.
            title: 'Links from ROOT_URL alone',
            detail:
              'app.ini. Since 1.26 links follow the Host header of a request by default (“auto”); with “never” they always name the public address.',
            code: '[server]\nPUBLIC_URL_DETECTION = never',
          },
        ]),
    ...giteaSubPath('Gitea', site),
  ],
};

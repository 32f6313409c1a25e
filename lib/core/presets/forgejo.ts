import { giteaChecklist, giteaFamily, giteaSubPath } from './parts/gitea-family';
import type { Preset } from './preset';

// Sources: FJ = Forgejo's admin/setup/reverse-proxy; the facts shared with Gitea stand in parts/gitea-family.ts.
export const forgejo: Preset<'forgejo'> = {
  ...giteaFamily('Forgejo'),
  id: 'forgejo',
  title: 'Forgejo',
  summary: 'Community git hosting with Actions, packages and a container registry.',
  docsUrl: 'https://forgejo.org/docs/latest/admin/setup/reverse-proxy/',
  // FJ: possible below a path, with /v2/ besides; the page warns of the shared origin.
  prefix: { modes: ['none', 'strip'], suggestion: '/forgejo/' },
  checklist: (site) => [...giteaChecklist('Forgejo', site), ...giteaSubPath('Forgejo', site)],
};

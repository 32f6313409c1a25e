import 'server-only';

/** What an apply's row has to bring along to be named. */
export const withSiteNames = {
  plan: { include: { sites: { include: { site: { select: { name: true } } } } } },
} as const;

/** An apply as the record names it: by its sites. */
export const applySubject = ({ plan }: { plan: { sites: readonly { site: { name: string } }[] } }): string =>
  `apply of ${plan.sites
    .map(({ site }) => site.name)
    .join(', ')
    .slice(0, 200)}`;

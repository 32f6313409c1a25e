import type { Issue } from '#core/issue';

const rank = { error: 0, warning: 1, advice: 2 } as const satisfies Record<Issue['severity'], number>;

/** Worst first; findings of equal weight keep their order, and the same finding is told once, at its worst. */
export function orderIssues(issues: readonly Issue[]): Issue[] {
  const seen = new Set<string>();
  return [...issues]
    .sort((a, b) => rank[a.severity] - rank[b.severity])
    .filter((issue) => {
      const key = JSON.stringify([issue.code, issue.site, issue.path, issue.message]);
      return !seen.has(key) && seen.add(key);
    });
}

export interface SiteRef {
  readonly siteId: string;
  readonly name: string;
}

/**
 * Where the field at fault is edited, `null` when no field is. A finding that names no site belongs to the only one there is.
 *
 * @param sites sites that the finding can be about
 */
export function fieldHref(
  team: string,
  issue: Pick<Issue, 'path' | 'site'>,
  sites: readonly SiteRef[],
): string | null {
  if (issue.path.length === 0) return null;
  const site =
    issue.site === undefined && sites.length === 1 ? sites[0] : sites.find(({ name }) => name === issue.site);
  if (!site) return null;
  return `/${encodeURIComponent(team)}/sites/${encodeURIComponent(site.siteId)}/edit?field=${encodeURIComponent(issue.path.join('.'))}`;
}

import { errorIssue, type Issue } from '../issue';
import type { Preset } from '../presets/preset';
import type { Location, Site } from '../site/schema';

/** A check across fields of a document that the schema already accepts. */
export type Rule = (site: Site, preset: Preset) => readonly Issue[];

export { errorIssue as error } from '../issue';

/** A finding that is shown but stops nothing. */
export const warning = (code: string, path: Issue['path'], message: string, hint?: string): Issue => ({
  ...errorIssue(code, path, message, hint),
  severity: 'warning',
});

/** All locations of a document with their paths in it, those of extra hosts and further applications too. */
export function allLocations(
  site: Site,
): readonly { readonly location: Location; readonly path: Issue['path'] }[] {
  return [
    ...site.locations.map((location, index) => ({ location, path: ['locations', index] })),
    ...site.extraHosts.flatMap((extra, host) =>
      extra.locations.map((location, index) => ({
        location,
        path: ['extraHosts', host, 'locations', index],
      })),
    ),
    ...site.applications.flatMap((application, place) =>
      application.locations.map((location, index) => ({
        location,
        path: ['applications', place, 'locations', index],
      })),
    ),
  ];
}

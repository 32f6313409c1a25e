import { type Issue, issuesFromZod } from '../issue';
import { err, ok, type Result } from '../result';
import { Site } from '../site/schema';
import { upgradeSite } from '../site/upgrade';
import { checkSite } from './check-site';

/**
 * The one way from unknown data to a site document: upgrade of older versions, schema, rules across fields. Only findings of severity `error`
 * refuse a document; ask `checkSite` for the rest.
 */
export function parseSite(input: unknown): Result<Site, Issue[]> {
  const upgraded = upgradeSite(input);
  if (!upgraded.ok) return upgraded;
  const parsed = Site.safeParse(upgraded.value);
  if (!parsed.success) return err(issuesFromZod(parsed.error));
  const errors = checkSite(parsed.data).filter(({ severity }) => severity === 'error');
  return errors.length > 0 ? err(errors) : ok(parsed.data);
}

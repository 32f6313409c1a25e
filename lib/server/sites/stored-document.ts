import 'server-only';
import { Site } from '#core/site/schema';
import { upgradeSite } from '#core/site/upgrade';

/**
 * A document out of the database, brought to the current version. Rules across fields are not asked: an old revision stays readable when a rule is
 * added later.
 */
export function storedDocument(json: unknown): Site {
  const upgraded = upgradeSite(json);
  if (!upgraded.ok) throw new Error(`a stored site document cannot be read: ${upgraded.error[0]?.message}`);
  return Site.parse(upgraded.value);
}

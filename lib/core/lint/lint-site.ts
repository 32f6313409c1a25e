import type { Issue } from '../issue';
import { presets } from '../presets';
import type { Site } from '../site/schema';
import { lintRules } from './index';

/** Advice of all rules about a parsed document, warnings first. It never blocks a save or an apply. */
export function lintSite(site: Site): readonly Issue[] {
  const preset = presets[site.preset];
  const issues = Object.values(lintRules).flatMap(({ code, severity, source, check }) =>
    check(site, preset).map(
      ({ path, message, hint }): Issue => ({ code, severity, path, message, hint: `${hint} See ${source}` }),
    ),
  );
  return issues.sort((a, b) => Number(a.severity !== 'warning') - Number(b.severity !== 'warning'));
}

import type { Issue, Severity } from '../issue';
import type { Preset } from '../presets/preset';
import type { Site } from '../site/schema';

/** One piece of advice: where, what, and what to do about it. */
export interface LintFinding {
  readonly path: Issue['path'];
  readonly message: string;
  readonly hint: string;
}

/**
 * Advice about a document that is valid and can be applied. Rules of `lib/core/rules` say what cannot work; these say what works and is
 * unwise, and name who says so.
 */
export interface LintRule {
  readonly code: `lint.${string}`;
  readonly severity: Exclude<Severity, 'error'>;
  /** Where the advice can be read up. */
  readonly source: `https://${string}`;
  readonly check: (site: Site, preset: Preset) => readonly LintFinding[];
}

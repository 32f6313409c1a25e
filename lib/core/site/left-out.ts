import { describeChanges } from './describe-changes';
import type { Site } from './schema';
import { templateOf } from './site-template';

export interface LeftOut {
  readonly field: string;
  /** `null` where the field says it already, and for secrets. */
  readonly value: string | null;
}

/** What a template of this site leaves out, in words. */
export function leftOut(site: Site): LeftOut[] {
  return describeChanges(site, templateOf(site)).flatMap(({ path, field, kind, before }) => {
    if (kind === 'added' || before === null) return [];
    return [{ field, value: path.endsWith(']') || path.endsWith('.value') ? null : before }];
  });
}

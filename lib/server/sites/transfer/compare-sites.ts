import 'server-only';
import { describeChanges } from '#core/site/describe-changes';
import type { FieldChange } from '#core/site/field-change';
import { sameJson } from '#core/site/json-value';
import type { Site } from '#core/site/schema';
import type { Placement } from '#core/site/sites-file';
import { storedDocument } from '../stored-document';
import { siteText } from './site-text';

const mostChanges = 50;
const mostTexts = 200;
/** Of all texts together, in characters: nobody reads more, and a browser has to show them. */
const mostTextSize = 4_000_000;

/** A site of a file beside the one that is there. */
export interface ComparedPair {
  /** As it is stored; `null` where there is none of the name. */
  readonly before: { readonly document: unknown; readonly placements: readonly Placement[] } | null;
  readonly after: { readonly document: Site; readonly placements: readonly Placement[] };
  /** It runs elsewhere than before. */
  readonly moved: boolean;
}

export interface Comparison {
  readonly same: boolean;
  readonly changes: FieldChange[];
  readonly changeCount: number;
  readonly text: { readonly before: string; readonly after: string } | null;
}

const withTargets = (document: Site, placements: readonly Placement[]) => ({
  ...document,
  targets: placements.map(({ host, server }) => `${host} (${server})`),
});

/** What an import would change, site by site: fields in words, and both texts for the first of them. */
export function compareSites(pairs: readonly (ComparedPair | null)[]): (Comparison | null)[] {
  let texts = 0;
  let size = 0;
  return pairs.map((pair) => {
    if (!pair) return null;
    const { before, after, moved } = pair;
    const old = before && storedDocument(before.document);
    if (old && !moved && sameJson(old, after.document))
      return { same: true, changes: [], changeCount: 0, text: null };
    const changes =
      old && before
        ? describeChanges(withTargets(old, before.placements), withTargets(after.document, after.placements))
        : [];
    texts += 1;
    const text =
      texts > mostTexts || size > mostTextSize
        ? null
        : {
            before: old && before ? siteText(old, before.placements) : '',
            after: siteText(after.document, after.placements),
          };
    size += text ? text.before.length + text.after.length : 0;
    return { same: false, changes: changes.slice(0, mostChanges), changeCount: changes.length, text };
  });
}

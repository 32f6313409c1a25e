import 'server-only';
import type { Issue } from '#core/issue';
import { checkSite } from '#core/rules/check-site';
import { type BulkFields, setFields } from '#core/site/bulk-fields';
import { describeChanges } from '#core/site/describe-changes';
import type { FieldChange } from '#core/site/field-change';
import { sameJson } from '#core/site/json-value';
import type { Site } from '#core/site/schema';
import { storedDocument } from './stored-document';

export interface EditedDocument {
  /** `null` where it says the same as before. */
  readonly document: Site | null;
  readonly changes: FieldChange[];
  /** What the rules of a document have against it. */
  readonly issues: Issue[];
}

/** Sets the same fields of stored documents. */
export function editDocuments({
  documents,
  set,
}: {
  documents: readonly unknown[];
  set: BulkFields;
}): EditedDocument[] {
  return documents.map((stored) => {
    const before = storedDocument(stored);
    const document = setFields(before, set);
    if (sameJson(before, document)) return { document: null, changes: [], issues: [] };
    const issues = checkSite(document).filter(({ severity }) => severity === 'error');
    return { document, changes: describeChanges(before, document), issues };
  });
}

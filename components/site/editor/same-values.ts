import { type EditorValues, toDocument } from './editor-values';

/** Whether two states of the form say the same. */
export function sameValues(a: EditorValues, b: EditorValues): boolean {
  return textOfValues(a) === textOfValues(b);
}

/** A text that is the same for all states of the form that say the same. */
export function textOfValues(values: EditorValues): string {
  return stable({ document: toDocument(values), targets: [...values.targetIds].sort() });
}

/** JSON with sorted keys: the order in which fields were touched means nothing. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

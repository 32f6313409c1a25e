import { keyElements, sameKind } from './element-key';
import type { FieldChange } from './field-change';
import { fieldWords, type PathPart, pathText, valueWords } from './field-words';
import { isObject, own, sameJson, unionKeys } from './json-value';

/**
 * What differs between two site documents, field by field in words. Elements of lists are told apart by what they are about, so that
 * a new upstream before the others is one addition, not a change of all of them. Empty exactly when the documents say the same.
 */
export function describeChanges(before: unknown, after: unknown): FieldChange[] {
  const changes: FieldChange[] = [];
  compare([], before, after, changes);
  return changes;
}

function compare(path: readonly PathPart[], before: unknown, after: unknown, changes: FieldChange[]): void {
  if (sameJson(before, after)) return;
  const field = path.findLast(({ kind }) => kind === 'field')?.text ?? '';
  if (isObject(before) && isObject(after) && sameKind(before, after)) {
    for (const key of unionKeys(before, after)) {
      compare([...path, { kind: 'field', text: key }], own(before, key), own(after, key), changes);
    }
    return;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const old = keyElements(field, before);
    const next = keyElements(field, after);
    if (old && next) {
      for (const key of new Set([...old.order, ...next.order])) {
        compare([...path, { kind: 'element', text: key }], old.byKey.get(key), next.byKey.get(key), changes);
      }
      const common = (order: readonly string[], other: ReadonlyMap<string, unknown>) =>
        order.filter((key) => other.has(key)).join(', ');
      const orders = [common(old.order, next.byKey), common(next.order, old.byKey)] as const;
      if (orders[0] !== orders[1]) {
        changes.push({
          path: pathText(path),
          field: `${fieldWords(path)}, order`,
          kind: 'changed',
          before: orders[0],
          after: orders[1],
        });
      }
      return;
    }
  }
  changes.push({
    path: pathText(path),
    field: fieldWords(path),
    kind: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    before: valueWords(field, before),
    after: valueWords(field, after),
  });
}

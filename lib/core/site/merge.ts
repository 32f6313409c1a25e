import { keyElements, sameKind } from './element-key';
import { fieldWords, type PathPart, pathText } from './field-words';
import { isObject, own, sameJson, unionKeys } from './json-value';

/** A field that both sides changed, each in its own way. `undefined`: not there. */
export interface Conflict {
  /** `limits.bodySizeMib` */
  readonly path: string;
  /** `Largest request body` */
  readonly field: string;
  /** Name of the field that holds the value, for its units. */
  readonly of: string;
  readonly base: unknown;
  readonly theirs: unknown;
  readonly yours: unknown;
}

export type Side = 'base' | 'theirs' | 'yours';

/** Which value counts where both sides changed a field, by the conflict's path. */
export type Choices = ReadonlyMap<string, Side>;

export interface Merged {
  /** With `theirs` in every conflict that no choice is made for. */
  readonly value: unknown;
  readonly conflicts: readonly Conflict[];
}

/**
 * Three-way merge of site documents, field by field. What one side changed is taken; what both changed alike is taken once; what both
 * changed differently is a conflict for a person to decide. Elements of lists are told apart by what they are about. Total and deterministic;
 * without conflicts it does not matter which side is whose.
 */
export function merge(base: unknown, theirs: unknown, yours: unknown, choices: Choices = new Map()): Merged {
  const conflicts: Conflict[] = [];
  const value = mergeValue([], { base, theirs, yours }, { conflicts, choices });
  return { value, conflicts };
}

type Sides = Readonly<Record<Side, unknown>>;
interface Work {
  readonly conflicts: Conflict[];
  readonly choices: Choices;
}

function mergeValue(path: readonly PathPart[], sides: Sides, work: Work): unknown {
  const { base, theirs, yours } = sides;
  if (sameJson(theirs, yours) || sameJson(base, yours)) return theirs;
  if (sameJson(base, theirs)) return yours;
  if (isObject(theirs) && isObject(yours) && sameKind(theirs, yours)) {
    // Both added it, or both changed parts of it.
    const old = isObject(base) && sameKind(base, theirs) ? base : base === undefined ? {} : null;
    if (old) {
      const merged: Record<string, unknown> = {};
      for (const key of unionKeys(old, theirs, yours)) {
        const part = { base: own(old, key), theirs: own(theirs, key), yours: own(yours, key) };
        const value = mergeValue([...path, { kind: 'field', text: key }], part, work);
        if (value !== undefined) merged[key] = value;
      }
      return merged;
    }
  }
  if (Array.isArray(base) && Array.isArray(theirs) && Array.isArray(yours)) {
    const list = mergeLists(path, { base, theirs, yours }, work);
    if (list) return list;
  }
  return conflict(path, sides, work);
}

const lastField = (path: readonly PathPart[]) => path.findLast(({ kind }) => kind === 'field')?.text ?? '';

function conflict(path: readonly PathPart[], sides: Sides, { conflicts, choices }: Work): unknown {
  const text = pathText(path);
  conflicts.push({ path: text, field: fieldWords(path), of: lastField(path), ...sides });
  return sides[choices.get(text) ?? 'theirs'];
}

/** Element by element; `null` where elements cannot be told apart or a side moved those that were there before. */
function mergeLists(
  path: readonly PathPart[],
  lists: Readonly<Record<Side, readonly unknown[]>>,
  work: Work,
): unknown[] | null {
  const field = lastField(path);
  const base = keyElements(field, lists.base);
  const theirs = keyElements(field, lists.theirs);
  const yours = keyElements(field, lists.yours);
  if (!base || !theirs || !yours) return null;
  for (const side of [theirs, yours]) {
    const kept = side.order.filter((key) => base.byKey.has(key));
    const before = base.order.filter((key) => side.byKey.has(key));
    if (!sameJson(kept, before)) return null;
    // New ones among or before the old ones: their place has a meaning that two sides cannot share.
    if (!sameJson(side.order.slice(0, kept.length), kept)) return null;
  }
  const added = [...new Set([...theirs.order, ...yours.order])].filter((key) => !base.byKey.has(key)).sort();
  return [...base.order, ...added].flatMap((key) => {
    const sides = { base: base.byKey.get(key), theirs: theirs.byKey.get(key), yours: yours.byKey.get(key) };
    const value = mergeValue([...path, { kind: 'element', text: key }], sides, work);
    return value === undefined ? [] : [value];
  });
}

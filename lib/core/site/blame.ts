import { keyElements } from './element-key';
import { fieldWords, type PathPart, pathText, valueWords } from './field-words';
import { isObject, own } from './json-value';
import { omitDefaults } from './omit-defaults';
import { Site } from './schema';

export interface Blame {
  /** `limits.bodySizeMib` */
  readonly path: string;
  /** `Largest request body` */
  readonly field: string;
  /** As people read it. */
  readonly value: string;
  /** Number of the revision that gave the field its value. */
  readonly revision: number;
  /** What the form fills in by itself. */
  readonly isDefault: boolean;
}

interface Leaf {
  /** As people read it. */
  readonly words: () => { readonly field: string; readonly value: string };
  readonly json: string;
}

/**
 * For every field that is set: the revision that last changed it.
 *
 * @param revisions newest first; what is older than the last of them is ascribed to it
 */
export function blame(
  revisions: readonly { readonly number: number; readonly document: unknown }[],
): Blame[] {
  const [head, ...older] = revisions;
  if (!head) return [];
  const found = new Map<string, number>();
  const now = leavesOf(head.document);
  let later = head.number;
  for (const { number, document } of older) {
    const then = leavesOf(document);
    for (const [path, { json }] of now) {
      if (!found.has(path) && then.get(path)?.json !== json) found.set(path, later);
    }
    later = number;
  }
  const set = leavesOf(omitDefaults(Site, head.document));
  return [...now].map(([path, { words }]) => ({
    path,
    ...words(),
    revision: found.get(path) ?? later,
    isDefault: !set.has(path),
  }));
}

/** Every value of a document by its path; elements of lists by what they are about. */
function leavesOf(document: unknown): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const walk = (path: readonly PathPart[], value: unknown): void => {
    const field = path.findLast(({ kind }) => kind === 'field')?.text ?? '';
    if (isObject(value)) {
      for (const key of Object.keys(value)) walk([...path, { kind: 'field', text: key }], own(value, key));
      return;
    }
    const elements = Array.isArray(value) ? keyElements(field, value) : null;
    if (elements && elements.order.length > 0) {
      for (const [key, part] of elements.byKey) walk([...path, { kind: 'element', text: key }], part);
      return;
    }
    if (value === undefined) return;
    const words = () => ({ field: fieldWords(path), value: valueWords(field, value) ?? '' });
    leaves.set(pathText(path), { words, json: JSON.stringify(value) });
  };
  walk([], document);
  return leaves;
}

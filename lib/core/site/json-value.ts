/** Parts of a site document, seen as plain data. */
export type JsonObject = { readonly [key: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether two values say the same. The order of an object's keys means nothing, nor does a key that holds `undefined`. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((part, index) => sameJson(part, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  return unionKeys(a, b).every((key) => sameJson(own(a, key), own(b, key)));
}

/** A property of the object itself: a key named like something every object inherits is nothing special. */
export const own = (value: JsonObject, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined;

/** Keys of all objects, in the order they are met. */
export const unionKeys = (...objects: readonly JsonObject[]): string[] => [
  ...new Set(objects.flatMap((each) => Object.keys(each))),
];

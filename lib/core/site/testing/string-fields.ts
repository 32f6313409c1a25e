import type { Issue } from '../../issue';

/** Paths of all strings in a document. */
export function stringFields(value: unknown, path: Issue['path'] = []): Issue['path'][] {
  if (typeof value === 'string') return [path];
  if (Array.isArray(value)) return value.flatMap((entry, index) => stringFields(entry, [...path, index]));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, entry]) => stringFields(entry, [...path, key]));
  }
  return [];
}

/** The value at a path. */
export function valueAt(document: unknown, path: Issue['path']): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<string | number, unknown>)[part], document);
}

/** A copy of a document with another value at a path. */
export function withValue<T>(document: T, path: Issue['path'], value: unknown): T {
  const copy = structuredClone(document);
  const parent = valueAt(copy, path.slice(0, -1)) as Record<string | number, unknown>;
  const last = path.at(-1);
  if (last !== undefined) parent[last] = value;
  return copy;
}

import { z } from 'zod';
import { formatPath } from '../format-path';

/** One field that a change touched. Values are shortened; a secret is named, never told; absent stands for no value. */
export const ChangedField = z.object({
  path: z.string(),
  before: z.string().optional(),
  after: z.string().optional(),
});
export type ChangedField = z.infer<typeof ChangedField>;

const maxFields = 60;
const maxLength = 200;
const hidden = '(secret)';

/** Names of fields, and of headers, whose values are not for a record. */
const secretName =
  /pass(?:word|wd|phrase)|secret|token|api-?key|private-?key|authorization|cookie|credential|signature/i;

type Path = readonly (string | number)[];
interface Leaf {
  readonly path: Path;
  readonly text: string;
}

const shorten = (text: string) => (text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text);

/** A named pair such as a header is a secret by its name, not by the key of its value. */
function isSecretPair(value: object): boolean {
  const { name } = value as { name?: unknown };
  return typeof name === 'string' && secretName.test(name);
}

function leaves(value: unknown, path: Path, secret: boolean): Leaf[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((part, index) => leaves(part, [...path, index], secret));
  if (typeof value === 'object') {
    const pair = isSecretPair(value);
    return Object.entries(value).flatMap(([key, part]) =>
      leaves(part, [...path, key], secret || secretName.test(key) || (pair && key !== 'name')),
    );
  }
  return [{ path, text: secret && typeof value === 'string' ? `${hidden}${value}` : String(value) }];
}

const shown = (text: string) => (text.startsWith(hidden) ? hidden : shorten(text));

/**
 * What differs between two documents, field by field, fit to be kept forever: `upstreams[0].servers[0].port` 9000 → 9001. Secrets are masked by the
 * name of their field or header; a secret that became another is still named as changed.
 *
 * @returns at most 60 fields, in the order of the documents; `more` counts the rest
 */
export function changedFields(before: unknown, after: unknown): { fields: ChangedField[]; more: number } {
  const old = new Map(leaves(before, [], false).map(({ path, text }) => [formatPath([...path]), text]));
  const now = new Map(leaves(after, [], false).map(({ path, text }) => [formatPath([...path]), text]));
  const paths = [...new Set([...old.keys(), ...now.keys()])].filter(
    (path) => old.get(path) !== now.get(path),
  );
  const fields = paths.slice(0, maxFields).map((path): ChangedField => {
    const was = old.get(path);
    const is = now.get(path);
    return {
      path,
      ...(was === undefined ? {} : { before: shown(was) }),
      ...(is === undefined ? {} : { after: shown(is) }),
    };
  });
  return { fields, more: paths.length - fields.length };
}

/** The same as part of a record's detail: nothing where nothing changed. */
export function fieldsDetail(
  before: unknown,
  after: unknown,
): { fields?: Record<string, string>[]; moreFields?: number } {
  const { fields, more } = changedFields(before, after);
  return {
    ...(fields.length > 0 ? { fields: fields as Record<string, string>[] } : {}),
    ...(more > 0 ? { moreFields: more } : {}),
  };
}

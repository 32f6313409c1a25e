import { isObject, type JsonObject } from './json-value';

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const server = (value: JsonObject) =>
  value.socket === undefined ? `${text(value.address)}:${text(value.port)}` : text(value.socket);

const match = (value: JsonObject) => {
  const rule = isObject(value.match) ? value.match : {};
  return rule.kind === 'header'
    ? `header ${text(rule.name)}: ${text(rule.startsWith)}`
    : `${text(rule.kind)} ${text(rule.path)}`;
};

/** What tells the elements of each list of the site document apart, whatever their place. */
const keys: Readonly<Record<string, (value: JsonObject) => string>> = {
  upstreams: ({ name }) => text(name),
  servers: server,
  locations: match,
  extraHosts: ({ purpose }) => text(purpose),
  applications: ({ name }) => text(name),
  redirects: ({ from, match }) => `${text(from)}${match === 'below' ? '…' : ''}`,
  requestHeaders: ({ name }) => text(name).toLowerCase(),
  responseHeaders: ({ name }) => text(name).toLowerCase(),
  rules: ({ from }) => text(from),
};

export interface Keyed {
  readonly order: readonly string[];
  readonly byKey: ReadonlyMap<string, unknown>;
}

/**
 * The elements of a list by what they are about; `null` where they cannot be told apart, such as two headers of one name.
 *
 * @param list the field that holds it
 */
export function keyElements(list: string, elements: readonly unknown[]): Keyed | null {
  const byKey = new Map<string, unknown>();
  for (const element of elements) {
    const key = typeof element === 'string' ? element : isObject(element) ? keys[list]?.(element) : undefined;
    if (key === undefined || byKey.has(key)) return null;
    byKey.set(key, element);
  }
  return { order: [...byKey.keys()], byKey };
}

/** Fields that say which kind of thing an object is: two objects of different kinds share no fields. */
const kindFields = ['mode', 'kind', 'op'];

/** Whether two objects are of one kind, so that comparing them field by field makes sense. */
export const sameKind = (a: JsonObject, b: JsonObject): boolean =>
  kindFields.every((field) => a[field] === b[field]) && (a.socket === undefined) === (b.socket === undefined);

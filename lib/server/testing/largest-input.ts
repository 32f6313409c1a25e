import 'server-only';
import type { z } from 'zod';

type AnySchema = z.core.$ZodType & { safeParse(value: unknown): { success: boolean } };

/** Texts of every kind that the contract knows, to be repeated up to the length that a schema admits. */
const shapes: readonly ((length: number, index: number) => string)[] = [
  (length, index) =>
    `a${index}${'x'.repeat(Math.max(0, length - 1 - String(index).length))}`.slice(0, length),
  (_, index) => `a${index}-x.example.com`,
  (length, index) =>
    `/${`p${index}/`.padEnd(Math.max(2, length - 1), 'x/')}`.slice(0, length - 1).concat('/'),
  (_, index) => `/p${index}/x/`,
  (_, index) => `/p${index}/x`,
  (_, index) => `X-Header-${index}`,
  (_, index) => `10.${(index >> 8) % 256}.${index % 256}.1`,
  () => 'https://login.example.com/start',
  () => '4.3.0',
  () => '2998-01-01T00:00:00Z',
  (_, index) => `person-${index}@example.com`,
  () => `SHA256:${'A'.repeat(43)}`,
  () => 'a'.repeat(64),
  () => '123456',
];

/** A number that a check of the schema holds, such as `maximum` of its `max_length`. */
function bound(schema: AnySchema, check: string, field: string): number | undefined {
  const { checks = [] } = schema._zod.def as { checks?: readonly { _zod: { def: object } }[] };
  const defs = checks.map(({ _zod }) => _zod.def as Record<string, unknown>);
  const found = defs.find((def) => def.check === check)?.[field];
  return typeof found === 'number' ? found : undefined;
}

const fitting = new WeakMap<AnySchema, readonly ((length: number, index: number) => string)[]>();

function largestString(schema: AnySchema, index: number): string | undefined {
  const most = Math.min(bound(schema, 'max_length', 'maximum') ?? 1000, 6_000_000);
  let fit = fitting.get(schema);
  if (!fit) {
    fit = shapes
      .filter((shape) => schema.safeParse(shape(most, 1)).success)
      .sort((a, b) => b(most, 1).length - a(most, 1).length);
    fitting.set(schema, fit);
  }
  return fit[0]?.(most, index);
}

/** Only strings of one kind each: what a union admits is tried at its options. */
function build(schema: AnySchema, scale: number, counter: { next: number }): unknown {
  const def = schema._zod.def as unknown as Record<string, unknown> & { type: string };
  switch (def.type) {
    case 'object': {
      const shape = def.shape as Record<string, AnySchema>;
      const entries = Object.entries(shape).map(([key, part]) => [key, build(part, scale, counter)] as const);
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    }
    case 'array': {
      const most = bound(schema, 'max_length', 'maximum') ?? 1000;
      const least = bound(schema, 'min_length', 'minimum') ?? 0;
      const length = Math.max(least, Math.round(most * scale));
      return Array.from({ length }, () => build(def.element as AnySchema, scale, counter));
    }
    case 'union': {
      const options = (def.options as AnySchema[])
        .map((option) => build(option, scale, counter))
        .filter((value) => value !== undefined);
      const size = (value: unknown) => JSON.stringify(value)?.length ?? 0;
      return options.sort((one, other) => size(other) - size(one))[0];
    }
    case 'string': {
      counter.next += 1;
      return largestString(schema, counter.next);
    }
    case 'number': {
      const wanted = bound(schema, 'less_than', 'value') ?? bound(schema, 'greater_than', 'value') ?? 1;
      return schema.safeParse(wanted).success ? wanted : 1;
    }
    case 'boolean':
      return true;
    case 'enum':
      return Object.values(def.entries as Record<string, unknown>)[0];
    case 'literal':
      return (def.values as unknown[])[0];
    case 'optional':
    case 'default':
    case 'prefault':
    case 'nullable':
    case 'readonly':
      return build(def.innerType as AnySchema, scale, counter);
    case 'pipe':
      return build(def.in as AnySchema, scale, counter);
    default:
      return undefined;
  }
}

/**
 * About the largest value that a schema admits in so many bytes of JSON: every list as long, every string as long, every optional field given.
 * What only a rule across fields refuses may be in it.
 */
export function largestInput(schema: z.ZodType, maxBytes: number): unknown {
  const fits = (value: unknown) => (JSON.stringify(value)?.length ?? 0) <= maxBytes;
  let best: unknown = build(schema, 0, { next: 0 });
  for (let scale = 1 / 256; scale <= 1; scale *= 1.25) {
    const value = build(schema, scale, { next: 0 });
    if (!fits(value)) return best;
    best = value;
  }
  const whole = build(schema, 1, { next: 0 });
  return fits(whole) ? whole : best;
}

/** Bodies that no schema admits but that somebody may send, of so many bytes each, by what they are. */
export function hostileBodies(valid: unknown, maxBytes: number): Readonly<Record<string, string>> {
  const fields = typeof valid === 'object' && valid !== null ? Object.keys(valid) : ['x'];
  const withEach = (text: string) =>
    `{${fields.map((field) => `${JSON.stringify(field)}:${text}`).join(',')}}`;
  const share = Math.floor(maxBytes / Math.max(1, fields.length)) - 60;
  const half = Math.floor(share / 2);
  return {
    'long strings': withEach(JSON.stringify('x'.repeat(share))),
    'deep lists': withEach('['.repeat(half) + ']'.repeat(half)),
    'many objects': withEach(
      `[${Array(Math.floor(share / 3))
        .fill('{}')
        .join(',')}]`,
    ),
    'many keys': `{${Array.from({ length: Math.floor(maxBytes / 13) }, (_, index) => `"k${index}":0`).join(',')}}`,
  };
}

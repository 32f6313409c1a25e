import type { Issue } from '../issue';
import { withoutTokens } from '../servers/block-tokens';
import type { LineOrigin } from '../servers/types';
import { Site } from '../site/schema';
import { type DiffLine, diffWhole } from './diff';

type Path = Issue['path'];
type Scalar = string | number | boolean;

/** One value of the form that makes a manual edit the site's own. */
export interface AdoptedValue {
  readonly path: Path;
  readonly before: Scalar | null;
  readonly after: Scalar;
}

export interface Adoption {
  readonly document: Site;
  readonly values: readonly AdoptedValue[];
}

export interface AdoptInput {
  /** The revision that made the file as it was before the edit. */
  readonly document: Site;
  /** Text on the host. */
  readonly live: string;
  /** The file as a document makes it; `null` when it makes no such file. */
  readonly render: (document: Site) => { content: string; lines: readonly LineOrigin[] } | null;
}

/** Values that fields often leave to the preset, so that no line names them as its origin. */
const quietFields: readonly Path[] = [
  ['limits', 'bodySizeMib'],
  ['limits', 'connectTimeoutSeconds'],
  ['limits', 'readTimeoutSeconds'],
  ['limits', 'sendTimeoutSeconds'],
];
const mostValues = 8;
const mostRenderings = 120;
/** An edit of more lines than this is more than a few values. */
const mostLines = 40;
const bytesPerMib = 1_048_576;

/**
 * Looks for values of the form that make exactly the text on the host, but for the tokens by which its blocks are known. What it finds is proven by rendering it; `null` when the form has no words for
 * the edit. Total and deterministic, with a bounded number of renderings.
 */
export function adoptEdit({ document, live, render }: AdoptInput): Adoption | null {
  let left = mostRenderings;
  let best = { document, values: [] as AdoptedValue[], ...measure(render(document), live) };
  if (!isAboutValues(best.lines)) return null;
  while (best.distance > 0 && best.values.length < mostValues) {
    let next = best;
    for (const { path, value } of candidates(best.document, best.lines, best.origins)) {
      if (left-- <= 0) return null;
      const parsed = Site.safeParse(withValue(best.document, path, value));
      if (!parsed.success) continue;
      const measured = measure(render(parsed.data), live);
      if (measured.distance >= next.distance) continue;
      const before = scalarOrNull(valueAt(best.document, path));
      next = {
        document: parsed.data,
        values: [...best.values, { path, before, after: value }],
        ...measured,
      };
    }
    if (next === best) return null;
    best = next;
  }
  return best.distance === 0 && best.values.length > 0
    ? { document: best.document, values: best.values }
    : null;
}

/** How far a rendering is from the text: lines that differ, and words within them, since one line may hold several values. */
function measure(rendered: ReturnType<AdoptInput['render']>, live: string) {
  if (!rendered)
    return { distance: Number.POSITIVE_INFINITY, lines: [] as DiffLine[], origins: [] as LineOrigin[] };
  // Each text has tokens of its own: those of the edited file are still the ones of the text before.
  const lines = diffWhole(withoutTokens(rendered.content), withoutTokens(live));
  const changed = lines.filter(({ kind }) => kind !== 'same').length;
  const distance = replacements(lines).reduce(
    (sum, [removed, added]) => sum + strangers(added, removed).length + strangers(removed, added).length,
    changed,
  );
  return { distance, lines, origins: rendered.lines };
}

function candidates(
  document: Site,
  lines: readonly DiffLine[],
  origins: readonly LineOrigin[],
): { path: Path; value: Scalar }[] {
  const found = new Map<string, { path: Path; value: Scalar }>();
  const add = (path: Path, value: Scalar) => found.set(JSON.stringify([path, value]), { path, value });
  for (const [removed, added] of replacements(lines)) {
    const fresh = strangers(added, removed);
    const origin = origins[(removed.oldNumber ?? 0) - 1]?.path ?? null;
    const paths = origin === null ? quietFields : [...leavesOf(document, origin), origin, ...quietFields];
    for (const path of paths) {
      const current = valueAt(document, path);
      for (const word of fresh) {
        const digits = /^\d+/.exec(word)?.[0];
        if (digits !== undefined && (typeof current === 'number' || current === undefined)) {
          add(path, Number(digits));
          // A web server that counts bytes where the form has MiB.
          if (Number(digits) % bytesPerMib === 0) add(path, Number(digits) / bytesPerMib);
        }
        if (typeof current === 'string') add(path, word);
      }
    }
  }
  return [...found.values()];
}

/** Every changed line took the place of another: values were edited, nothing was put in or taken out. */
function isAboutValues(lines: readonly DiffLine[]): boolean {
  const count = (wanted: DiffLine['kind']) => lines.filter(({ kind }) => kind === wanted).length;
  return count('added') === count('removed') && count('added') <= mostLines;
}

/** Removed lines and the added ones that took their places. */
function replacements(lines: readonly DiffLine[]): [DiffLine, DiffLine][] {
  const pairs: [DiffLine, DiffLine][] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const flush = () => {
    for (let index = 0; index < Math.min(removed.length, added.length); index++) {
      const [old, next] = [removed[index], added[index]];
      if (old && next) pairs.push([old, next]);
    }
    [removed, added] = [[], []];
  };
  for (const line of lines) {
    if (line.kind === 'removed') removed.push(line);
    else if (line.kind === 'added') added.push(line);
    else flush();
  }
  flush();
  return pairs;
}

/** A word between spaces, quotes, colons and the like. */
const words = (text: string) => text.split(/[\s;"'`{}()=,:/]+/).filter(Boolean);

/** Words of a line that another one does not have. */
function strangers(line: DiffLine, other: DiffLine): string[] {
  const known = words(other.text);
  return words(line.text).filter((word) => !known.includes(word));
}

/** Paths of the scalars at and below a path. */
function leavesOf(document: Site, path: Path): Path[] {
  const leaves: Path[] = [];
  const walk = (value: unknown, at: Path) => {
    if (Array.isArray(value)) {
      for (const [index, each] of value.entries()) walk(each, [...at, index]);
    } else if (value !== null && typeof value === 'object') {
      for (const [key, each] of Object.entries(value)) walk(each, [...at, key]);
    } else if (value !== undefined) leaves.push(at);
  };
  walk(valueAt(document, path), path);
  return leaves;
}

function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      value !== null && typeof value === 'object'
        ? (value as Record<string | number, unknown>)[part]
        : undefined,
    document,
  );
}

/** A copy with one value set; objects on the way that are missing are made. */
function withValue(document: unknown, [part, ...rest]: Path, value: Scalar): unknown {
  if (part === undefined) return value;
  if (Array.isArray(document))
    return document.map((each, index) => (index === part ? withValue(each, rest, value) : each));
  const object =
    document !== null && typeof document === 'object' ? (document as Record<string, unknown>) : {};
  return { ...object, [part]: withValue(object[part], rest, value) };
}

const scalarOrNull = (value: unknown): Scalar | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;

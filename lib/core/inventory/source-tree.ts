/** A file that a web server reads. */
export interface SourceFile {
  /** As the server's own include lines reach it. */
  readonly path: string;
  /** The file itself, where that is or leads through a symbolic link. */
  readonly real: string;
  readonly text: string;
}

/** Everything that a server's main configuration takes in, as texts. */
export interface SourceTree {
  /** The main configuration; `null` when the running server does not tell which one it reads. */
  readonly main: string | null;
  /** Where relative includes start: for nginx the main file's directory, for Apache its root. */
  readonly base: string;
  readonly files: ReadonlyMap<string, SourceFile>;
  /** Files that are taken in but whose text is not here, and why. */
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
  /** Of the running process, as far as they are known. */
  readonly variables: ReadonlyMap<string, string>;
  /** Apache: names given with -D. */
  readonly defines: readonly string[];
  /** Apache: loaded modules (`ssl`, `proxy_http`), `null` when not known: then sections for modules count. */
  readonly modules: readonly string[] | null;
}

const special = /[*?[]/;

/**
 * Paths of the tree that an include names: itself, or what its pattern matches, in the order of bytes. As glob(3) has it, no wildcard crosses a
 * slash or stands for a leading dot.
 */
export function matchPaths(tree: SourceTree, pattern: string): readonly string[] {
  if (!special.test(pattern)) return tree.files.has(pattern) ? [pattern] : [];
  const expression = globExpression(pattern);
  return sortedPaths(tree).filter((path) => expression.test(path));
}

/** Paths of the tree below a directory, however deep, in the order of bytes (Apache's Include of a directory). */
export function pathsBelow(tree: SourceTree, directory: string): readonly string[] {
  const start = `${directory.replace(/\/+$/, '')}/`;
  return sortedPaths(tree).filter((path) => path.startsWith(start));
}

const sorted = new WeakMap<SourceTree, readonly string[]>();

function sortedPaths(tree: SourceTree): readonly string[] {
  const known = sorted.get(tree) ?? [...tree.files.keys()].sort((a, b) => (a < b ? -1 : 1));
  sorted.set(tree, known);
  return known;
}

function globExpression(pattern: string): RegExp {
  let source = '';
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? '';
    const first = at === 0 || pattern[at - 1] === '/';
    const end = char === '[' ? pattern.indexOf(']', at + 2) : -1;
    if (char === '*') source += first ? '(?!\\.)[^/]*' : '[^/]*';
    else if (char === '?') source += first ? '[^/.]' : '[^/]';
    else if (end > 0) {
      const inside = pattern
        .slice(at + 1, end)
        .replace(/\\/g, '\\\\')
        .replace(/^!/, '^');
      source += `${first ? '(?!\\.)' : ''}(?!/)[${inside}]`;
      at = end;
    } else source += char.replace(/[\\^$.|+(){}[\]]/g, '\\$&');
  }
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return /^(?!)/;
  }
}

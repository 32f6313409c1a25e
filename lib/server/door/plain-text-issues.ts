import 'server-only';
import type { Issue } from '#core/issue';

// Cs in a well-formed string is half a surrogate pair.
const control = /[\p{Cc}\p{Cs}\u2028\u2029]/u;
const controlButLineBreaks = /(?![\n\r\t])[\p{Cc}\p{Cs}\u2028\u2029]/u;

/** A value with the way to it, kept as a chain: copying a path at each step would let deep nesting eat the memory. */
interface Node {
  readonly value: unknown;
  readonly key: string | number;
  readonly parent: Node | null;
}

function pathOf(node: Node): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: Node = node; at.parent; at = at.parent) path.unshift(at.key);
  return path;
}

/**
 * Finds strings (and keys) that hold control characters or half a surrogate pair. Checked for every operation, so that no schema
 * can forget it: a line break in a name is the start of an injected directive, header or log line.
 *
 * @param multiline dotted names of strings that may hold line breaks
 */
export function plainTextIssues(value: unknown, multiline: readonly string[] = []): Issue[] {
  const issues: Issue[] = [];
  const found = (path: Issue['path']) =>
    issues.push({
      code: 'text.control',
      severity: 'error',
      path,
      message: 'must not contain control characters',
    });
  const open: Node[] = [{ value, key: '', parent: null }];
  for (let node = open.pop(); node && issues.length < 100; node = open.pop()) {
    const { value: current } = node;
    if (typeof current === 'string') {
      if (!control.test(current)) continue;
      const path = pathOf(node);
      if (!multiline.includes(path.join('.')) || controlButLineBreaks.test(current)) found(path);
    } else if (Array.isArray(current)) {
      for (const [key, part] of current.entries()) open.push({ value: part, key, parent: node });
    } else if (current && typeof current === 'object') {
      for (const [key, part] of Object.entries(current)) {
        if (control.test(key)) found(pathOf(node));
        else open.push({ value: part, key, parent: node });
      }
    }
  }
  return issues;
}

import 'server-only';
import type { Issue } from '#core/issue';

// Cs in a well-formed string is half a surrogate pair.
const control = /[\p{Cc}\p{Cs}\u2028\u2029]/u;
const controlButLineBreaks = /(?![\n\r\t])[\p{Cc}\p{Cs}\u2028\u2029]/u;

/**
 * Finds strings (and keys) that hold control characters or half a surrogate pair. Checked for every operation, so that no schema
 * can forget it: a line break in a name is the start of an injected directive, header or log line.
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
  const open: { value: unknown; path: (string | number)[] }[] = [{ value, path: [] }];
  for (let item = open.pop(); item && issues.length < 100; item = open.pop()) {
    const { value: current, path } = item;
    if (typeof current === 'string') {
      const pattern = multiline.includes(path.join('.')) ? controlButLineBreaks : control;
      if (pattern.test(current)) found(path);
    } else if (Array.isArray(current)) {
      current.forEach((part, index) => {
        open.push({ value: part, path: [...path, index] });
      });
    } else if (current && typeof current === 'object') {
      for (const [key, part] of Object.entries(current)) {
        if (control.test(key)) found(path);
        else open.push({ value: part, path: [...path, key] });
      }
    }
  }
  return issues;
}

import { fieldWords, type PathPart } from './field-words';

/**
 * A field's path as it is kept on record, in the form's own words: `upstreams[0].servers[0].port` is *Upstream 1, server 1, port*. What is no path comes
 * back as it is.
 */
export function pathWords(path: string): string {
  const parts: PathPart[] = [];
  for (const [, field, index] of path.matchAll(/(?:^|\.)([A-Za-z_$][\w$-]*)|\[(\d+)\]/g)) {
    if (field !== undefined) parts.push({ kind: 'field', text: field });
    else parts.push({ kind: 'element', text: String(Number(index) + 1) });
  }
  const words = fieldWords(parts);
  return words === '' ? path : words;
}

/** Names that are allowed in braces in a header value. */
export const placeholders = ['public_url', 'prefix', 'client_ip', 'scheme', 'host', 'port', 'user'] as const;
export type Placeholder = (typeof placeholders)[number];

export type ParsedPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'placeholder'; readonly name: Placeholder };

/** Splits a header value into literal text and placeholders; `null` when a brace is unpaired or a name unknown. */
export function parseTemplate(value: string): readonly ParsedPart[] | null {
  const parts: ParsedPart[] = [];
  let text = '';
  for (const [token] of value.matchAll(/\{\{|\}\}|\{[a-z_]*\}|[^{}]+|[{}]/g)) {
    if (token === '{{' || token === '}}') {
      text += token[0];
    } else if (!/^[{}]/.test(token)) {
      text += token;
    } else {
      const name = placeholders.find((known) => token === `{${known}}`);
      if (name === undefined) return null;
      if (text !== '') parts.push({ kind: 'text', text });
      text = '';
      parts.push({ kind: 'placeholder', name });
    }
  }
  if (text !== '') parts.push({ kind: 'text', text });
  return parts;
}

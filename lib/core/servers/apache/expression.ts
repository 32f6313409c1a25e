import type { Template, TemplateVariable } from '../../resolve/resolved';

// Names of Apache's expression syntax (httpd.apache.org/docs/2.4/expr.html). SERVER_NAME is the host the client asked for, without
// port and in lower case, because the vhost says `UseCanonicalName Off`.
const variables: Readonly<Record<TemplateVariable, string>> = {
  'client-ip': '%{REMOTE_ADDR}',
  host: '%{SERVER_NAME}',
  user: '%{REMOTE_USER}',
  'request-uri': '%{REQUEST_URI}',
};

/**
 * A header value as mod_headers takes it: a plain format string where nothing in it could be read as one, a string expression
 * otherwise. In an expression every character that means something is escaped, so literal text stays literal: in a format string a
 * typed `\n` would become a line break.
 */
export function headerValue(template: Template): string {
  const plain = template.every((part) => part.kind === 'text' && !/[%\\$]/.test(part.text));
  if (plain) {
    const text = template.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    if (!text.startsWith('expr=')) return text;
  }
  return `expr=${template.map((part) => (part.kind === 'text' ? expressionText(part.text) : variables[part.name])).join('')}`;
}

/** Literal text for directives that take a string expression: `AuthName` would otherwise tell the environment to strangers. */
export function literalExpression(text: string): string {
  return /[%\\$]/.test(text) ? expressionText(text) : text;
}

/** Literal text inside a string expression (server/util_expr_scan.l, state `str`). */
function expressionText(text: string): string {
  return text.replaceAll(/[\\%$"'{}]/g, '\\$&');
}

/** A condition that holds when a header starts with an (escaped) text, compared without regard to case. */
export function headerStartsWith(name: string, pattern: string): string {
  return `%{HTTP:${name}} =~ m,^${delimited(pattern)},i`;
}

/** A condition that holds when the path matches one of the patterns. */
export function pathMatches(patterns: readonly string[]): string {
  return `%{REQUEST_URI} =~ m,${delimited(patterns.length === 1 ? (patterns[0] ?? '') : `(?:${patterns.join('|')})`)},`;
}

/** Inside `m,…,` the scanner ends at the first comma and knows no escape, so a comma is written by its code. */
const delimited = (pattern: string): string => pattern.replaceAll(',', '\\x2C');

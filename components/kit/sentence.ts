/**
 * A message as a sentence of its own: those of the schema are parts of sentences ("must be 1 to 65535"), those of tools may end as they like. Only a plain
 * word gets a capital letter: names of tools and hosts keep their spelling.
 */
export function sentence(message: string): string {
  const text = message.trim();
  if (text === '') return '';
  const started =
    /^[a-z]+ /.test(text) && !/^(?:nginx|apache|caddy) /.test(text)
      ? text.charAt(0).toUpperCase() + text.slice(1)
      : text;
  return /[.!?:…]$/.test(started) ? started : `${started}.`;
}

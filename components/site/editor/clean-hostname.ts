/** The host name in what people paste: an address loses scheme, port and path, letters become small. Anything else stays as it is. */
export function cleanHostname(text: string): string {
  const trimmed = text.trim();
  const host = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#\s:@]+)(?::\d+)?(?:[/?#].*)?$/i.exec(trimmed)?.[1];
  return (host ?? trimmed).toLowerCase();
}

/** A name for a site that is called by this host name. */
export function slugOf(hostname: string): string {
  return hostname
    .replace(/^\*\./, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '');
}

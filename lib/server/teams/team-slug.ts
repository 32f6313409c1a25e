import 'server-only';

/** First words of addresses that are no team's. */
const taken = new Set(['api', 'invite', 'reset', 'setup', 'shared', 'sign-in']);

/** A name for addresses: `Build & Release` → `build-release`. */
export function teamSlug(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return taken.has(slug) ? `${slug}-team` : slug || 'team';
}

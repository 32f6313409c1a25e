import type { SiteGroup } from '#core/plan/site-groups';

const mostFields = 3;

/** What changes about a site, in words: `HTTPS port 443 → 9443`. */
export function groupWords({ site, kind, changes }: SiteGroup): string {
  const files = `${changes.length} ${changes.length === 1 ? 'file' : 'files'}`;
  if (site === null) return files;
  if (kind === 'removed') return `is taken off: ${files}`;
  if (kind === 'new') return `first apply, revision ${site.to}`;
  const fields = site.fields ?? [];
  if (fields.length === 0)
    return site.from === site.to
      ? `stays at revision ${site.to}, ${files}`
      : `revision ${site.from} → ${site.to}`;
  const words = fields.slice(0, mostFields).map(fieldWords);
  return fields.length > mostFields ? `${words.join(', ')} and more` : words.join(', ');
}

/** `HTTPS port 443 → 9443` */
export function fieldWords({
  field,
  before,
  after,
}: {
  field: string;
  before: string | null;
  after: string | null;
}): string {
  const name = /^[A-Z][a-z]/.test(field) ? field.charAt(0).toLowerCase() + field.slice(1) : field;
  if (before === null) return `${name}: ${after ?? 'set'}`;
  return after === null ? `${name} ${before} → none` : `${name} ${before} → ${after}`;
}

import 'server-only';
import type { WriteDb } from '../../platform/database/db';

/** First parts of addresses that are no team's. */
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

/** A slug that no team has yet: `build`, then `build-2`. */
export async function freeTeamSlug(tx: WriteDb, name: string): Promise<string> {
  const first = teamSlug(name);
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? first : `${first}-${number}`;
    if (!(await tx.team.findUnique({ where: { slug } }))) return slug;
  }
}

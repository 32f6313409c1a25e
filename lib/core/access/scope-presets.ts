import { can, type Permission, permissions } from './permissions';
import type { Role } from './roles';
import type { Scopes } from './scopes';

export interface ScopePreset {
  readonly id: 'read' | 'plan' | 'apply' | 'all';
  readonly label: string;
  readonly hint: string;
  readonly scopes: Scopes;
}

const reading = permissions.filter((permission) => permission.endsWith('.read'));
const planning: readonly Permission[] = [...reading, 'sites.write', 'plans.create', 'plans.review'];

/** What a token is for when nothing is said. */
export const readingPreset: ScopePreset = {
  id: 'read',
  label: 'Read only',
  hint: 'Reports and dashboards.',
  scopes: reading,
};

/** What tokens are usually made for, from least to most. */
export const scopePresets: readonly ScopePreset[] = [
  readingPreset,
  {
    id: 'plan',
    label: 'Plan in pull requests',
    hint: 'Saves sites and makes plans; changes no host.',
    scopes: planning,
  },
  {
    id: 'apply',
    label: 'Plan and apply',
    hint: 'Pipelines that bring reviewed changes to hosts.',
    scopes: [...planning, 'hosts.check', 'applies.run'],
  },
  { id: 'all', label: 'Everything I may', hint: 'Now and later, whatever your role is.', scopes: null },
];

/** A preset's permissions as far as the role has them: a token never gets what its owner has not. */
export const scopesFor = (preset: ScopePreset, role: Role): Scopes =>
  preset.scopes?.filter((permission) => can(role, permission)) ?? null;

/** The preset that these scopes are, for this role; `null` for a choice of one's own. */
export function presetOf(scopes: Scopes, role: Role): ScopePreset | null {
  const same = (other: Scopes) =>
    scopes === null || other === null
      ? scopes === other
      : scopes.length === other.length && other.every((permission) => scopes.includes(permission));
  return (
    scopePresets.find((preset) => same(scopesFor(preset, role))) ??
    scopePresets.find((preset) => same(preset.scopes)) ??
    null
  );
}

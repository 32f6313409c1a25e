import { z } from 'zod';
import { can, type Permission, permissions } from './permissions';
import type { Role } from './roles';

export const Scope = z.enum(permissions as [Permission, ...Permission[]]);

/** What a new API token is for. */
export const Scopes = z
  .array(Scope)
  .min(1, 'choose at least one permission')
  .max(permissions.length)
  .refine((scopes) => new Set(scopes).size === scopes.length, 'name each permission once');
/** `null`: whatever the owner may. */
export type Scopes = readonly Permission[] | null;

/** Whether somebody with this role, come with something of these scopes, has the permission. Scopes only ever take away. */
export const mayWith = (role: Role, scopes: Scopes, permission: Permission): boolean =>
  can(role, permission) && (scopes === null || scopes.includes(permission));

/** Stored scopes. Permissions that exist no more are dropped, and what cannot be read allows nothing. */
export function readScopes(stored: unknown): Scopes {
  if (stored === null) return null;
  if (!Array.isArray(stored)) return [];
  return permissions.filter((permission) => stored.includes(permission));
}

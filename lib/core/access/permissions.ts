import type { Role } from './roles';

/**
 * The only permission table: who may do what in a team. The door of every HTTP operation and the user interface both read it,
 * so that a button is shown exactly where the operation behind it is allowed.
 */
const table = {
  'team.read': ['viewer', 'editor', 'operator', 'admin'],
  'team.manage': ['admin'],
  'members.manage': ['admin'],
  'sites.read': ['viewer', 'editor', 'operator', 'admin'],
  'sites.write': ['editor', 'operator', 'admin'],
  'lists.read': ['viewer', 'editor', 'operator', 'admin'],
  'lists.write': ['editor', 'operator', 'admin'],
  'lists.share': ['admin'],
  'templates.read': ['viewer', 'editor', 'operator', 'admin'],
  'templates.write': ['editor', 'operator', 'admin'],
  'hosts.read': ['viewer', 'editor', 'operator', 'admin'],
  'hosts.write': ['admin'],
  'hosts.check': ['operator', 'admin'],
  'plans.read': ['viewer', 'editor', 'operator', 'admin'],
  'plans.create': ['editor', 'operator', 'admin'],
  'plans.review': ['editor', 'operator', 'admin'],
  'applies.read': ['viewer', 'editor', 'operator', 'admin'],
  'applies.run': ['operator', 'admin'],
  'drift.read': ['viewer', 'editor', 'operator', 'admin'],
  'drift.decide': ['operator', 'admin'],
  'activity.read': ['viewer', 'editor', 'operator', 'admin'],
  'activity.verify': ['admin'],
  'policies.read': ['viewer', 'editor', 'operator', 'admin'],
  'policies.write': ['admin'],
  'certificates.read': ['viewer', 'editor', 'operator', 'admin'],
  'certificates.renew': ['operator', 'admin'],
  'issuers.manage': ['admin'],
  'tokens.manage': ['viewer', 'editor', 'operator', 'admin'],
  'webhooks.manage': ['admin'],
  'notifications.choose': ['viewer', 'editor', 'operator', 'admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof table;
export const permissions = Object.keys(table) as Permission[];

/** True when a member with this role has the permission. Unknown permissions are a type error; nothing is allowed by default. */
export function can(role: Role, permission: Permission): boolean {
  return (table[permission] as readonly Role[]).includes(role);
}

import type { Role } from '#core/access/roles';

/** What each role may do, in words. */
export const roleWords: Record<Role, string> = {
  viewer: 'Sees everything, changes nothing',
  editor: 'Edits sites and plans changes',
  operator: 'Applies plans, too',
  admin: 'Manages hosts and people, too',
};

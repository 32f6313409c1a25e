import type { Permission } from '#core/access/permissions';

export interface SettingsSection {
  readonly path: string;
  readonly label: string;
  readonly permission?: Permission;
  /** Only for administrators of the installation. */
  readonly administrator?: true;
}

const sections: readonly SettingsSection[] = [
  { path: 'members', label: 'Members' },
  { path: 'notifications', label: 'Notifications' },
  { path: 'policies', label: 'Policies' },
  { path: 'templates', label: 'Templates' },
  { path: 'issuers', label: 'Issuers' },
  { path: 'team', label: 'Team', permission: 'team.manage' },
  { path: 'tokens', label: 'API tokens' },
  { path: 'api', label: 'API reference' },
  { path: 'sessions', label: 'Your sign-in' },
  { path: 'appearance', label: 'Appearance' },
  { path: 'people', label: 'People', administrator: true },
  { path: 'backup', label: 'Backup', administrator: true },
];

interface Viewer {
  readonly can: (permission: Permission) => boolean;
  readonly user: { readonly administrator: boolean };
}

/** The settings that somebody may open, in order. */
export const settingsSections = ({ can, user }: Viewer): readonly SettingsSection[] =>
  sections.filter(
    ({ permission, administrator }) =>
      (!permission || can(permission)) && (!administrator || user.administrator),
  );

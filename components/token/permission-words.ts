import type { Permission } from '#core/access/permissions';

const words: Partial<Record<Permission, string>> = {
  'team.read': 'See the team and its members',
  'sites.read': 'See sites and their revisions',
  'sites.write': 'Make, edit and delete sites',
  'lists.read': 'See lists',
  'lists.write': 'Make and change lists',
  'lists.share': 'Share lists with other teams and by link',
  'templates.read': 'See templates of sites',
  'templates.write': 'Make and change templates of sites',
  'hosts.read': 'See hosts',
  'hosts.write': 'Add and change hosts, decide about their keys',
  'hosts.check': 'Run the check list, look for drift',
  'plans.read': 'See plans',
  'plans.create': 'Make plans',
  'plans.review': 'Comment on plans and request reviews',
  'applies.read': 'See applies',
  'applies.run': 'Apply, confirm and undo',
  'drift.read': 'See drift',
  'drift.decide': 'Ignore and accept drift',
  'activity.read': 'See the activity',
  'certificates.read': 'See certificates and issuers',
  'certificates.renew': 'Renew and revoke certificates',
  'issuers.manage': 'Add and remove issuers of certificates',
  'webhooks.manage': 'Add, change and test webhooks',
  'notifications.choose': 'Choose one’s e-mail notifications',
  'activity.verify': 'Check that the activity record is intact',
  'policies.read': 'See policies',
  'policies.write': 'Change policies, override freezes',
};

/** What a permission lets somebody do; its name where no words say it better. */
export const permissionWords = (permission: Permission): string => words[permission] ?? permission;

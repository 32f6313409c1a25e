import {
  Bell,
  FileDiff,
  Globe,
  KeyRound,
  List,
  ListChecks,
  type LucideIcon,
  Rocket,
  Server,
  ShieldCheck,
  User,
  Users,
  Webhook,
} from 'lucide-react';

/** What each event was, to stand between who did it and what it was done to: Ada *saved* site ci. */
const words: Record<string, string> = {
  'apply.started': 'started',
  'apply.confirmed': 'kept the result of',
  'apply.rolled-back': 'undid',
  'apply.succeeded': 'finished',
  'apply.failed': 'reported failure of',
  'apply.cancel-asked': 'cancelled',
  'apply.undo-planned': 'made a',
  'certificate.expiring': 'warned of the end of the',
  'drift.accepted': 'accepted',
  'drift.adopted': 'adopted',
  'drift.checked': 'compared',
  'drift.found': 'found a change of',
  'drift.gone': 'saw the end of drift of',
  'drift.ignored': 'ignored',
  'drift.reopened': 'stopped ignoring',
  'drift.revert-planned': 'made a',
  'host.checked': 'checked',
  'host.created': 'added',
  'host.deleted': 'removed',
  'host.key-scanned': 'asked for the key of',
  'host.key-trusted': 'trusted the key of',
  'host.updated': 'changed',
  'notifications.chosen': 'chose',
  'list.changed': 'changed the sites of',
  'list.created': 'created',
  'list.deleted': 'deleted',
  'list.link-created': 'made a',
  'list.link-revoked': 'revoked',
  'list.shared': 'shared',
  'list.unshared': 'stopped sharing',
  'list.updated': 'changed',
  'plan.created': 'made a',
  'plan.commented': 'commented on',
  'plan.comment-edited': 'edited a comment on',
  'plan.comment-deleted': 'deleted a comment on',
  'plan.review-requested': 'asked for a review of',
  'plan.reviewed': 'reviewed',
  'plan.review-withdrawn': 'took back a review of',
  'policy.updated': 'changed the',
  'policy.group-created': 'created the',
  'policy.group-updated': 'changed the',
  'policy.group-deleted': 'deleted the',
  'policy.freeze-created': 'began a',
  'policy.freeze-deleted': 'ended a',
  'session.revoked': 'ended a',
  'session.signed-in': 'began a',
  'session.signed-out': 'ended a',
  'site.created': 'created',
  'site.deleted': 'deleted',
  'site.imported': 'imported',
  'site.updated': 'saved',
  'team.created': 'created',
  'token.created': 'created',
  'token.revoked': 'revoked',
  'webhook.created': 'added',
  'webhook.deleted': 'removed',
  'webhook.redelivered': 'sent a message again to',
  'webhook.tested': 'tested',
  'webhook.updated': 'changed',
};

const icons: Record<string, LucideIcon> = {
  apply: Rocket,
  certificate: Bell,
  drift: FileDiff,
  host: Server,
  notifications: Bell,
  list: List,
  policy: ShieldCheck,
  plan: ListChecks,
  session: User,
  site: Globe,
  team: Users,
  token: KeyRound,
  webhook: Webhook,
};

/** What events are about, for choosing among them. */
export const eventKinds: Readonly<Record<string, string>> = {
  site: 'Sites',
  plan: 'Plans',
  apply: 'Applies',
  drift: 'Drift',
  host: 'Hosts',
  list: 'Lists',
  policy: 'Policies',
  team: 'Team',
  token: 'API tokens',
  webhook: 'Webhooks',
  session: 'Sessions',
};

/** Pages of the things that events are about. */
const pages: Record<string, string> = {
  apply: 'applies',
  certificate: 'sites',
  host: 'hosts',
  plan: 'plans',
  site: 'sites',
  webhook: 'settings/notifications',
  list: 'lists',
};

/** Named after what they are for, but about the plan that they made. */
const aboutPlans = new Set(['drift.revert-planned', 'apply.undo-planned']);

export function describeEvent(event: string): { words: string; icon: LucideIcon; page: string | null } {
  const noun = aboutPlans.has(event) ? 'plan' : (event.split('.')[0] ?? '');
  const gone = event.endsWith('.deleted');
  return {
    words: words[event] ?? event.split('.').slice(1).join(' ').replaceAll('-', ' '),
    icon: icons[noun] ?? Users,
    page: gone ? null : (pages[noun] ?? null),
  };
}

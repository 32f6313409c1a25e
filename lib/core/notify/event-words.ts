import type { NotifyEvent, NotifyEventName } from './event';

/** What each event is called where people choose among them. */
export const eventLabels: Readonly<Record<NotifyEventName, string>> = {
  'apply.finished': 'Apply finished',
  'apply.failed': 'Apply failed',
  'apply.rolled-back': 'Apply rolled back',
  'drift.found': 'Drift found',
  'certificate.expiring': 'Certificate expiring',
  'approval.asked': 'Approval asked',
  'account.reset': 'Password reset by a link',
  'control.lowering': 'A control is to be lowered',
};

/** Every event, in the order in which people are shown them. */
export const eventNames = Object.keys(eventLabels) as readonly NotifyEventName[];

export interface EventWords {
  /** One line that says it all. */
  readonly title: string;
  /** What else is known, a fact a line. */
  readonly facts: readonly string[];
  /** Path of its page, below the team's. */
  readonly page: string;
}

const namedAtMost = 5;

/** `a, b and 3 more`. */
function listing(names: readonly string[], none: string): string {
  if (names.length === 0) return none;
  const shown = names.slice(0, namedAtMost).join(', ');
  return names.length > namedAtMost ? `${shown} and ${names.length - namedAtMost} more` : shown;
}

const sitesOf = (event: NotifyEvent) =>
  listing(
    event.sites.map(({ name }) => name),
    'no site',
  );

const outcome = {
  'apply.finished': 'The new configuration serves',
  'apply.failed': 'The apply failed',
  'apply.rolled-back': 'The apply was rolled back',
} as const;

const loweringTitle = {
  asked: (by: string) => `${by} asks to lower a control`,
  done: (by: string) => `A control was lowered by ${by}`,
  cancelled: (by: string) => `${by} called off the lowering of a control`,
  failed: () => 'A control could not be lowered and stays as it is',
};
const whenLowered = (dueAt: string | null) =>
  dueAt === null
    ? 'It takes effect when another admin confirms it.'
    : `There is no other admin: it takes effect at ${dueAt.slice(0, 16).replace('T', ' ')} UTC unless it is called off.`;

/** An event in plain words, the same for every channel. Unescaped: each channel does that for itself. */
export function eventWords(event: NotifyEvent): EventWords {
  switch (event.name) {
    case 'apply.finished':
    case 'apply.failed':
    case 'apply.rolled-back':
      return {
        title: `${outcome[event.name]}: ${sitesOf(event)} on ${listing(event.hosts, 'no host')}`,
        facts: [...(event.reason ? [event.reason] : []), `Asked for by ${event.by ?? 'a former member'}.`],
        page: `applies/${event.applyId}`,
      };
    case 'drift.found': {
      const count = event.total === 1 ? 'A file has' : `${event.total} files have`;
      return {
        title: `Drift on ${event.host.name}: ${count} changed since the last apply`,
        facts: [
          ...event.files.slice(0, namedAtMost).map(({ path, state }) => `${path} (${state})`),
          ...(event.total > namedAtMost ? [`and ${event.total - namedAtMost} more`] : []),
        ],
        page: 'drift',
      };
    }
    case 'certificate.expiring': {
      const { daysLeft, expiresAt } = event;
      const [site] = event.sites;
      const days = daysLeft === 1 ? '1 day' : `${daysLeft} days`;
      const when = daysLeft < 0 ? 'has expired' : daysLeft === 0 ? 'expires today' : `expires in ${days}`;
      return {
        title: `The certificate of ${site?.name ?? 'a site'} ${when}`,
        facts: [
          `Valid until ${expiresAt.slice(0, 10)}, as seen on ${listing(event.hosts, 'no host')}.`,
          'If something renews it, check that this still works.',
        ],
        page: `sites/${site?.id ?? ''}`,
      };
    }
    case 'account.reset':
      return {
        title: `${event.person.name} has a new password, set with a link that ${event.madeBy} made`,
        facts: [
          'Anyone who had the link can act as this person in your team.',
          'Ask them whether it was them; if not, an administrator can disable the account.',
        ],
        page: 'settings/members',
      };
    case 'control.lowering':
      return {
        title: loweringTitle[event.state](event.by ?? 'Gatehouse'),
        facts: [...event.lowers, ...(event.state === 'asked' ? [whenLowered(event.dueAt)] : [])],
        page: 'settings/policies',
      };
    case 'approval.asked':
      return {
        title: `${event.by} asks ${listing(
          event.asked.map(({ name }) => name),
          'for somebody',
        )} to review a plan`,
        facts: [`It changes ${sitesOf(event)} on ${listing(event.hosts, 'no host')}.`],
        page: `plans/${event.planId}`,
      };
  }
}

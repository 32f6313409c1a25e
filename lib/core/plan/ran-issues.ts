import type { EventOf } from '../host/event';
import type { Issue } from '../issue';
import type { Accepted } from './serving-issues';

type Ran = Pick<EventOf<'ran'>, 'state' | 'reason' | 'admin' | 'sha256' | 'lost'>;

const main = '/etc/caddy/Caddyfile';
const shown = 12;

/** The decision that lets go exactly what runs now: another running configuration is another decision. */
export const ranDecision = (ran: Ran | null): string | null =>
  ran?.state === 'apart' && ran.sha256 !== null ? `caddy-runs ${ran.sha256}` : null;

/** What a plan says of a Caddy that runs something else than its file gives, or could not be asked what it runs. */
export function ranIssues(ran: Ran | null, accepted: readonly Accepted[]): Issue[] {
  if (!ran || ran.state === 'same') return [];
  const decision = ranDecision(ran);
  if (decision !== null) return [apartIssue(ran, decision, accepted)];
  const found = unasked(ran);
  return found ? [{ path: [], ...found }] : [];
}

function apartIssue({ lost }: Ran, decision: string, accepted: readonly Accepted[]): Issue {
  const taken = accepted.find(({ id }) => id === decision);
  const names = lost.slice(0, shown).join(', ');
  const more = lost.length > shown ? ` and ${lost.length - shown} more` : '';
  const gone =
    lost.length > 0
      ? `would take away ${names}${more}, which that file does not have`
      : 'would replace what it runs now';
  return {
    code: 'host.caddy-runs-other',
    severity: taken ? 'warning' : 'error',
    path: [],
    message: `The running Caddy has another configuration than ${main} gives: one that came by its API, or the file was edited and not loaded. An apply loads that file, which ${gone}.${taken ? ` Let through: ${taken.reason}` : ''}`,
    hint: taken
      ? 'What runs now is kept until the apply is confirmed, and an undo loads exactly that again.'
      : `Put what is missing into ${main} and run “caddy reload --config ${main}” on the host, then plan again. If the file is right as it is, that command alone is enough, or confirm it below with a reason.`,
    ...(taken ? {} : { decision }),
  };
}

function unasked({ reason, admin }: Ran): Omit<Issue, 'path'> | null {
  switch (reason) {
    case 'admin-silent':
      return {
        code: 'host.caddy-admin-silent',
        severity: 'error',
        message: `${main} says that Caddy’s admin endpoint is at ${admin ?? 'localhost:2019'}, and nothing that is Caddy answers there: the running one was started with another setting. It could not be told to load anything.`,
        hint: 'Restart Caddy once (systemctl restart caddy), so that it runs with that setting.',
      };
    case 'admin-odd':
      return {
        code: 'host.caddy-admin-odd',
        severity: 'error',
        message: `The admin endpoint that ${main} names is in no form that can be asked: HOST:PORT or unix//PATH.`,
        hint: 'Write it as “admin localhost:2019” or “admin unix//run/caddy/admin.sock”, and restart Caddy once.',
      };
    case 'no-client':
      return {
        code: 'host.caddy-not-asked',
        severity: 'warning',
        message: `Whether Caddy runs what ${main} gives is not known: this host has nothing to ask it with. A configuration that came by its API would be lost.`,
        hint: 'Install curl on the host.',
      };
    default:
      // Off is said by what the file says; a file that cannot be read, by the test of it.
      return null;
  }
}

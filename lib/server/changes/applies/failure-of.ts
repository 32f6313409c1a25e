import 'server-only';
import type { EventOf } from '#core/host/event';
import type { Issue } from '#core/issue';
import { movedIssue } from '#core/plan/explain-moved';
import { hostErrorIssue } from '#core/plan/host-error';
import { sitePorts } from '#core/plan/port-issues';
import { issuesFromFindings } from '#core/plan/tool-findings';
import { webServers } from '#core/servers/index';
import type { ServerKind } from '#core/web-server/render-target';
import type { ApplyAnswer } from '../../hosts/helper/host';
import { printOf } from '../plans/print-of';
import { askedName } from './block-asks';
import type { TargetJob } from './target-job';

type Answer = Pick<ApplyAnswer, 'events' | 'errors' | 'changed' | 'conflict'>;

/** Why an apply did not succeed, as far up as it can be traced: to the form field that is at fault, or to the step. */
export function failureOf(answer: Answer, job: TargetJob): Issue {
  const { conflict } = answer;
  if (conflict) return conflictIssue(conflict, job);
  const [moved] = answer.changed;
  if (moved) {
    const planned = job.plan.changes.find((change) => change.path === moved.path);
    return movedIssue(
      moved.path,
      planned?.before ?? { kind: 'absent' },
      printOf(moved),
      planned?.site ?? null,
    );
  }
  return (
    testFailure(answer, job) ?? portFailure(answer, job) ?? identityFailure(answer, job) ?? firstError(answer)
  );
}

/** With what the web server's own log says about it, where nothing else does. */
function firstError({ errors, events }: Answer): Issue {
  const [error] = errors;
  const text = error?.text ?? proofOf(events)?.text;
  return hostErrorIssue(error?.code ?? 'not-proven', { path: error?.path, text });
}

const proofOf = (events: Answer['events']) =>
  events.flatMap((event) => (event.event === 'proof' && event.step === 'prove' ? [event] : []))[0];

function conflictIssue(conflict: EventOf<'conflict'>, job: TargetJob): Issue {
  const left =
    conflict.remainingSeconds === null ? '' : ` It is on trial for another ${conflict.remainingSeconds} s.`;
  return {
    code: 'apply.conflict',
    severity: 'error',
    path: [],
    message: `Another apply is under way on ${job.host.name}, started by ${conflict.holder}. Nothing was written.${left}`,
    hint: 'Wait for it to end, then make a new plan.',
  };
}

function testFailure({ events, errors }: Answer, job: TargetJob): Issue | null {
  if (!errors.some(({ code }) => code === 'test-failed')) return null;
  const tested = events.filter((event) => event.event === 'tested');
  const refused = tested.find(({ passed, tree }) => !passed && (tree === 'candidate' || tree === 'live'));
  if (!refused) return null;
  const { parseOutput } = webServers[job.plan.target.server];
  const known = parseOutput(tested.find(({ tree }) => tree === 'baseline')?.text ?? '');
  const sites = job.sites.flatMap(({ selected, document }) => (selected && document ? [document] : []));
  const issues = issuesFromFindings(parseOutput(refused.text), known, job.rendering.files, sites);
  return issues.find(({ severity }) => severity === 'error') ?? null;
}

/** A port that the web server could not get: the field is the site's port, the message says who has it. */
function portFailure({ events, errors }: Answer, job: TargetJob): Issue | null {
  const listener =
    takenListener(events) ?? unservedListener(events, job.plan.target.server) ?? refusedListener(events);
  if (!listener) return null;
  const place = job.sites
    .filter(({ selected }) => selected)
    .flatMap(({ document }) => (document ? [document] : []))
    .flatMap((site) => sitePorts(site).map((each) => ({ ...each, site: site.name })))
    .find(({ port, protocol }) => port === listener.port && protocol === listener.protocol);
  return {
    ...firstError({ events, errors, changed: [], conflict: null }),
    code: 'apply.port-not-served',
    path: place?.field ?? [],
    message: `${job.plan.target.server} could not get port ${listener.port}/${listener.protocol} on ${job.host.name}: ${whoHolds(listener)}. The old configuration is back.`,
    hint: 'Free the port on the host, or choose another one, and make a new plan.',
    ...(place ? { site: place.site } : {}),
  };
}

/** A name for which somebody else answered, or nobody. */
function identityFailure({ events, errors }: Answer, job: TargetJob): Issue | null {
  const reason = errors.find(({ code }) => ['other-answered', 'not-answered', 'not-asked'].includes(code));
  const wanted =
    reason?.code === 'other-answered' ? 'other' : reason?.code === 'not-answered' ? 'silent' : 'unasked';
  const asked = events.flatMap((event) => (event.event === 'identity' ? event.others : []));
  const first = asked.find(({ answer }) => answer === wanted);
  if (!reason || !first) return null;
  const known = hostErrorIssue(reason.code);
  const who = {
    other: `Another block answered for ${first.hostname} on ${first.address}:${first.port} of ${job.host.name}`,
    silent: `Nobody answered for ${first.hostname} on ${first.address}:${first.port} of ${job.host.name}`,
    unasked: `${job.host.name} has nothing to ask with who answers for ${first.hostname} on port ${first.port}`,
  }[first.answer];
  const site = job.rendering.identities.find(({ hostnames }) =>
    hostnames.some((name) => askedName(name) === first.hostname),
  )?.site;
  return {
    ...known,
    path: ['hostnames'],
    message: `${who}, so the new configuration was not proven to serve. The old one is back.`,
    ...(site ? { site } : {}),
  };
}

interface Listener {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly holder: string;
  readonly address?: string;
}

function whoHolds({ holder, address }: Listener): string {
  if (!holder) return 'something else holds it';
  return address === undefined || address === '0.0.0.0' || address === '::'
    ? `${holder} holds it`
    : `${holder} holds it on ${address}`;
}

/** What the host saw when it looked who has each planned port. */
function takenListener(events: Answer['events']): Listener | undefined {
  return events.find((event) => event.event === 'taken');
}

/** Names of the web servers' own processes. */
const processNames: Readonly<Record<ServerKind, readonly string[]>> = {
  nginx: ['nginx'],
  apache: ['apache2', 'httpd'],
  caddy: ['caddy'],
};

/** By the proof: a port on which the web server does not listen, and which is the cause of it. */
function unservedListener(events: Answer['events'], server: ServerKind): Listener | undefined {
  const proof = proofOf(events);
  if (!proof) return undefined;
  // nginx: `bind() to 0.0.0.0:8443 failed`; Apache: `could not bind to address [::]:8443`.
  const words = /(?:bind\(\) to|could not bind to address) \S*:(\d{1,5})\b/g;
  const named = [...proof.text.matchAll(words)].map(([, port]) => Number(port));
  // What it has already is no reason, and a server that died has lost them all: what matters is the one that somebody else has.
  const missing = proof.listeners.filter(
    ({ owned, holder }) => !owned && !processNames[server].includes(holder),
  );
  const taken = missing.find(({ port }) => named.includes(port)) ?? missing.find(({ holder }) => holder);
  return taken ?? (proof.alive && proof.newWorkers > 0 ? missing[0] : undefined);
}

/** By the web server's own words at the reload: Caddy says which port it did not get. */
function refusedListener(events: Answer['events']): Listener | undefined {
  const texts = events.flatMap((event) =>
    event.event === 'output' && event.step === 'reload' ? [event.text] : [],
  );
  const found = /listen (tcp|udp)[46]? [^\s]*:(\d{1,5}): bind: address already in use/.exec(texts.join('\n'));
  return found
    ? { protocol: found[1] === 'udp' ? 'udp' : 'tcp', port: Number(found[2]), holder: '' }
    : undefined;
}

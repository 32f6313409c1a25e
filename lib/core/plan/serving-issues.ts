import type { ChangedHands, Rival, Serving } from '../inventory/compare-serving';
import { blockId } from '../inventory/hand-over';
import type { ServedBlock, ServerInventory } from '../inventory/server-inventory';
import type { SocketEffect } from '../inventory/shared-sockets';
import type { Issue } from '../issue';
import { serverTitles } from '../servers/server-titles';
import type { Offer } from './hand-over-offers';

/** What a person let through, and why. */
export interface Accepted {
  readonly id: string;
  readonly reason: string;
}

interface Given {
  readonly before: ServerInventory;
  readonly after: ServerInventory;
  readonly serving: Serving;
  readonly effects: readonly SocketEffect[];
  readonly accepted: readonly Accepted[];
  /** What can be done about each rival, by `blockId`. */
  readonly offers: ReadonlyMap<string, Offer>;
  /** Blocks that the plan takes over, as they are now. */
  readonly handed: readonly ServedBlock[];
}

const shown = 20;

/** What the inventory of a host says about a plan: rivals, neighbours that change hands, sockets shared with others, blocks that nobody reads. */
export function servingIssues({ before, after, serving, effects, accepted, offers, handed }: Given): Issue[] {
  const from = new Set(handed.map(blockId));
  const lost = serving.changedHands.filter(
    (each) => from.has(each.from) && !each.toChosen && each.name !== null,
  );
  return [
    ...serving.unread.map((site) => unread(site, after)),
    ...serving.rivals.map((rival) => rivalIssue(rival, after, offers.get(blockId(rival.block)))),
    ...handed.map((block) => takenOver(block)),
    ...lost.map((each) => lostIssue(each)),
    ...handsIssues(openHands(serving.changedHands, handed), accepted),
    ...alsoChanges(serving.changedHands),
    ...wildcardIssues(before, after),
    ...effects.slice(0, shown).map(effectIssue),
    ...gapIssues(before),
  ];
}

const at = (address: string | null, port: number): string =>
  address === null ? `port ${port}` : `${address}:${port}`;

function unread(site: string, { server, mainConfig }: ServerInventory): Issue {
  return {
    code: 'host.not-read',
    severity: 'error',
    path: [],
    message: `The running ${serverTitles[server]} would not read the files of ${site}: nothing that ${mainConfig ?? 'its main configuration'} includes leads to them.`,
    hint:
      server === 'caddy'
        ? 'Run the check list of the host: it names the import line.'
        : `Run the check list of the host: it names the include line for ${mainConfig ?? 'the main configuration'}. If another main configuration is meant to run, start the web server with that.`,
    site,
  };
}

const loopback = /^(?:127\.|\[::1\]$)/;

function takenOver(block: ServedBlock): Issue {
  return {
    code: 'plan.taken-over',
    severity: 'warning',
    path: [],
    message: `${blockId(block)} (${block.names.slice(0, 3).join(', ')}) is taken over: it goes in the same apply.`,
    hint: 'Its lines are part of the changes below. Undoing the apply brings them back byte for byte.',
  };
}

function lostIssue({ name, address, port, from, to }: ChangedHands): Issue {
  return {
    code: 'plan.take-over-loses',
    severity: 'error',
    path: [],
    message: `${from} cannot be taken over: it answers for ${name} on ${at(address, port)} as well, where no site of this plan does. Those requests would go to ${to}.`,
    hint: `Let a site of this plan answer on ${at(address, port)} too, or take the block out on the host.`,
  };
}

function rivalIssue(
  { site, name, port, address, block, by }: Rival,
  { server }: ServerInventory,
  offer: Offer | undefined,
): Issue {
  const place = `${block.file}:${block.line}`;
  const who =
    block.names
      .filter((each) => each !== '' && each !== '_')
      .slice(0, 3)
      .join(', ') || 'without a name';
  const message =
    by === 'address'
      ? `${place} (${who}) has ${at(address, port)} to itself: requests for ${name} that come in there do not reach this site.`
      : by === 'name'
        ? `${place} (${who}) answers for ${name} on ${at(address, port)} already, and goes on doing so: by the rules of ${serverTitles[server]} it wins.`
        : `${place} (${who}) would answer for ${name} on ${at(address, port)}.`;
  const onlyLocal = by === 'address' && address !== null && loopback.test(address);
  return {
    code: 'plan.rival',
    severity: onlyLocal ? 'warning' : 'error',
    path: [],
    message,
    hint: onlyLocal
      ? 'Only programs on the host itself come in there.'
      : offer && 'block' in offer
        ? `Take it over: the apply that brings this site takes the block out of ${block.real}, and undoes both together. Or take ${name} off this site.`
        : `Take the block out of ${block.real}, or take ${name} off this site.${offer ? ` It cannot be taken over: ${offer.reason}.` : ''}`,
    ...(!onlyLocal && offer && 'block' in offer ? { takeOver: blockId(offer.block) } : {}),
    site,
  };
}

/** The decision that covers exactly these changes: another list is another decision. */
export const handsDecision = (list: readonly ChangedHands[]): string =>
  `changed-hands ${list
    .map(({ name, address, port, from, to }) => [name ?? '*', address ?? '*', port, from, to].join(' '))
    .sort()
    .join(', ')}`.slice(0, 1000);

/**
 * What a person has to confirm. A name is a site that somebody would miss; who gets requests by address and for unknown names is part of the review, and
 * blocks nothing. What a block that is taken over answered for is decided by that.
 */
export function openHands(list: readonly ChangedHands[], handed: readonly ServedBlock[]): ChangedHands[] {
  const taken = new Set(handed.map(blockId));
  return list.filter(({ name, from }) => name !== null && !taken.has(from));
}

const handsWords = ({ name, address, port, from, to }: ChangedHands): string =>
  `${name === null ? 'Requests by address and for unknown names' : `Requests for ${name}`} on ${at(address, port)} go to ${to} instead of ${from}.`;

const alsoChanges = (list: readonly ChangedHands[]): Issue[] =>
  list
    .filter(({ name }) => name === null)
    .map((each) => ({
      code: 'plan.also-changes',
      severity: 'warning',
      path: [],
      message: `Also changes: ${handsWords(each)}`,
    }));

function handsIssues(heavy: readonly ChangedHands[], accepted: readonly Accepted[]): Issue[] {
  const id = handsDecision(heavy);
  const taken = accepted.find((each) => each.id === id);
  return [
    ...heavy.slice(0, shown).map(
      (each): Issue => ({
        code: 'plan.changes-hands',
        severity: taken ? 'warning' : 'error',
        path: [],
        message: `${handsWords(each)}${taken ? ` Let through: ${taken.reason}` : ''}`,
        hint: taken
          ? 'It is part of what the apply changes.'
          : 'If that is meant, confirm it below with a reason. If not, choose other names or another port.',
        ...(taken ? {} : { decision: id }),
      }),
    ),
    ...(heavy.length > shown
      ? [
          {
            code: 'plan.changes-hands',
            severity: 'warning' as const,
            path: [],
            message: `And ${heavy.length - shown} more names change hands.`,
          },
        ]
      : []),
  ];
}

/** A running nginx cannot bind the wildcard of a port while it has single addresses of it open (P23). */
function wildcardIssues(before: ServerInventory, after: ServerInventory): Issue[] {
  if (before.server !== 'nginx' || !before.running) return [];
  const listens = (inventory: ServerInventory) => inventory.blocks.flatMap((block) => block.listens);
  const wild = (address: string) => address === '*' || address === '[::]';
  const was = listens(before);
  const ports = new Set(
    listens(after)
      .filter(({ address }) => wild(address))
      .map(({ address, port }) => `${address} ${port}`),
  );
  return [...ports].flatMap((key): Issue[] => {
    const [address = '', number = ''] = key.split(' ');
    const port = Number(number);
    const six = address === '[::]';
    const there = was.filter((each) => each.port === port);
    const single = there.find((each) => !wild(each.address) && each.address.startsWith('[') === six);
    if (!single || there.some((each) => each.address === address)) return [];
    return [
      {
        code: 'plan.wildcard-over-address',
        severity: 'error',
        path: [],
        message: `nginx listens on ${single.address}:${port} alone now. It cannot add every address of port ${port} by a reload: its own open socket is in the way.`,
        hint: `Let one of its blocks say “listen ${six ? '[::]:' : ''}${port};” and restart nginx once, then plan again.`,
      },
    ];
  });
}

function effectIssue({ kind, port, site, names, place, versions }: SocketEffect): Issue {
  if (kind === 'http2') {
    return {
      code: 'plan.also-changes',
      severity: 'warning',
      path: [],
      message: `Also changes: HTTP/2 is switched on for ${names.join(', ') || 'the block'} (${place}), which shares port ${port}.`,
      hint: 'Before version 1.25.1 nginx has one such setting for a socket.',
    };
  }
  return {
    code: 'plan.shared-tls-versions',
    severity: 'warning',
    path: ['tls'],
    message: `On port ${port} the TLS versions of ${place} hold (${versions?.join(', ') ?? 'nginx’s own'}), not those of this site: nginx takes them from the default block of the socket.`,
    hint: 'Give that block the same ssl_protocols, or choose the same TLS profile for all sites of the port.',
    ...(site === null ? {} : { site }),
  };
}

function gapIssues({ server, gaps }: ServerInventory): Issue[] {
  return gaps.slice(0, 5).map(({ path, line, message }) => ({
    code: 'host.inventory-gap',
    severity: 'warning',
    path: [],
    message: `What ${serverTitles[server]} serves is not fully known: ${path}${line === null ? '' : `:${line}`} ${message}.`,
    hint: 'Rivals in there cannot be named by this plan.',
  }));
}

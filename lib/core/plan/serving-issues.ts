import type { ChangedHands, Rival, Serving } from '../inventory/compare-serving';
import type { ServerInventory } from '../inventory/server-inventory';
import type { SocketEffect } from '../inventory/shared-sockets';
import type { Issue } from '../issue';
import { serverTitles } from '../servers/server-titles';

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
}

const shown = 20;

/** What the inventory of a host says about a plan: rivals, neighbours that change hands, sockets shared with others, blocks that nobody reads. */
export function servingIssues({ before, after, serving, effects, accepted }: Given): Issue[] {
  return [
    ...serving.unread.map((site) => unread(site, after)),
    ...serving.rivals.map((rival) => rivalIssue(rival, after)),
    ...handsIssues(serving.changedHands, accepted),
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

function rivalIssue({ site, name, port, address, block, by }: Rival, { server }: ServerInventory): Issue {
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
      : `Take the block out of ${block.real}, or take ${name} off this site.`,
    site,
  };
}

/** The decision that covers exactly these changes: another list is another decision. */
export const handsDecision = (list: readonly ChangedHands[]): string =>
  `changed-hands ${list
    .map(({ name, address, port, from, to }) => [name ?? '*', address ?? '*', port, from, to].join(' '))
    .sort()
    .join(', ')}`.slice(0, 1000);

/** A name is a site that somebody would miss. Who gets requests by address and for unknown names is part of the review, and blocks nothing. */
const matters = ({ name }: ChangedHands): boolean => name !== null;

function handsIssues(list: readonly ChangedHands[], accepted: readonly Accepted[]): Issue[] {
  const heavy = list.filter(matters);
  const id = handsDecision(heavy);
  const taken = accepted.find((each) => each.id === id);
  const words = ({ name, address, port, from, to }: ChangedHands) =>
    `${name === null ? 'Requests by address and for unknown names' : `Requests for ${name}`} on ${at(address, port)} go to ${to} instead of ${from}.`;
  return [
    ...heavy.slice(0, shown).map(
      (each): Issue => ({
        code: 'plan.changes-hands',
        severity: taken ? 'warning' : 'error',
        path: [],
        message: `${words(each)}${taken ? ` Let through: ${taken.reason}` : ''}`,
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
    ...list
      .filter((each) => !matters(each))
      .map(
        (each): Issue => ({
          code: 'plan.also-changes',
          severity: 'warning',
          path: [],
          message: `Also changes: ${words(each)}`,
        }),
      ),
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
    message: `What ${serverTitles[server]} serves is not known whole: ${path}${line === null ? '' : `:${line}`} ${message}.`,
    hint: 'Rivals in there cannot be named by this plan.',
  }));
}

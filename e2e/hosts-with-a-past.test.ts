import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ServerKind } from '#core/web-server/render-target';

/** A test by its file and by words in it: of its title, or of the row that it draws from a list. */
type Shown = readonly [file: string, words: string];
/** `none`: this server has no such thing. `open`: nothing shows it yet. */
type Place = Shown | 'none' | 'open';

const answers = 'e2e/apply/other-answers.lab.test.ts';
const caddy = 'lib/server/hosts/helper/undo-caddy.lab.test.ts';
const disk = 'e2e/certificates/on-disk.lab.test.ts';
const handOver = 'e2e/apply/hand-over.lab.test.ts';
const mounts = 'lib/server/hosts/helper/mounts.lab.test.ts';
const pending = 'e2e/apply/pending.lab.test.ts';
const rivals = 'e2e/apply/rivals.lab.test.ts';
const slow = 'lib/server/hosts/helper/slow.lab.test.ts';
const inventory = 'lib/server/hosts/inventory/inventory.lab.test.ts';

const all = (shown: Shown): Record<ServerKind, Place> => ({ nginx: shown, apache: shown, caddy: shown });
const only = (server: ServerKind, place: Place): Record<ServerKind, Place> => ({
  nginx: 'none',
  apache: 'none',
  caddy: 'none',
  [server]: place,
});

/** What hosts that somebody else set up bring along, and the test on real servers that shows what becomes of it. */
const matrix: Record<string, Record<ServerKind, Place>> = {
  'a plan, and places that are mounts of any kind': all([mounts, '$server, $kind: $paths']),
  'a plan, and a directory that is a link': all([mounts, 'a link to another file system']),
  'an apply, and a directory that is a link': all([mounts, 'An apply without a plan comes no further']),
  'a rival that is read first': all([rivals, 'a rival stops the plan, named with file and line']),
  'a rival that is read later': all([rivals, 'a rival that comes later is reported']),
  'a rival on the very address': {
    nginx: [answers, 'a block on the very address'],
    apache: [answers, 'a virtual host on the very address'],
    caddy: [answers, 'a site on the very address'],
  },
  'a rival with another form of the key': only('caddy', [answers, 'a bare key beside ours']),
  'a rival that is taken over': {
    nginx: [handOver, 'what is served, what is on the disk and what is on record are the same'],
    apache: [handOver, 'one block of several'],
    caddy: [handOver, 'a block of the Caddyfile'],
  },
  'another main configuration': {
    nginx: [inventory, 'follows the command line of what runs'],
    apache: [inventory, 'Apache that was started with another main configuration'],
    caddy: [inventory, '--config /opt/other/Caddyfile'],
  },
  'a configuration in JSON': only('caddy', [inventory, '--config /opt/other/caddy.json']),
  'what the API was told last, resumed': only('caddy', [inventory, '--resume --config']),
  'what came by the API': only('caddy', [caddy, 'refuses to load its file over what came by the API']),
  'no endpoint to ask, or not where the file says': only('caddy', [caddy, 'an endpoint that is off']),
  'an endpoint on a socket': only('caddy', [caddy, 'a unix socket']),
  'an edit that nobody has loaded: a new file': {
    nginx: [pending, 'a new file that a person lets through'],
    apache: [pending, 'a new file that a person lets through'],
    caddy: [caddy, 'refuses to load its file over what came by the API'],
  },
  'an edit that nobody has loaded: a link taken away': {
    nginx: [pending, 'a link that was taken away'],
    apache: [pending, 'a link that was taken away'],
    caddy: 'none',
  },
  'an edit that nobody has loaded: the main file': {
    nginx: [pending, 'a changed main file'],
    apache: [pending, 'a changed main file'],
    caddy: 'open',
  },
  'a slow test and a slow reload': { nginx: [slow, 'P7: is waited for'], apache: 'open', caddy: 'open' },
  'a certificate that was renewed and not loaded': {
    nginx: [disk, 'P13: replaced on the disk and not loaded'],
    apache: 'open',
    caddy: 'open',
  },
  'a pair of ours that is about to end': {
    nginx: [disk, 'P13: a self-signed pair'],
    apache: 'open',
    caddy: 'open',
  },
  'a certificate that would not serve': {
    nginx: [disk, 'what would not serve is said in the plan'],
    apache: 'open',
    caddy: 'open',
  },
  'a neighbour that answers otherwise afterwards': { nginx: 'open', apache: 'open', caddy: 'open' },
};

const places = Object.entries(matrix).flatMap(([what, row]) =>
  Object.entries(row).map(([server, place]) => ({ what, server, place })),
);
const shown = places.flatMap(({ place, ...rest }) =>
  typeof place === 'string' ? [] : [{ ...rest, file: place[0], words: place[1] }],
);
const count = (kind: 'open' | 'none') => places.filter(({ place }) => place === kind).length;

describe('hosts with a past', () => {
  test.each(shown)('$what, $server: $file', ({ file, words }) => {
    expect(readFileSync(file, 'utf8')).toContain(words);
  });

  test('how much of it is shown', () => {
    console.log(`${shown.length} of ${places.length - count('none')} shown, ${count('open')} open`);
    // Goes down only: a change that shows one more counts it here.
    expect(count('open')).toBe(12);
  });
});

import { z } from 'zod';
import { operation, reading } from '../operation';
import { Host, HostTarget } from './hosts';
import { PageQuery, page, TeamParams } from './shared';

/** A host as a row of a list. Its keys, its check list and what its web servers were built with come with the host itself. */
export const HostSummary = Host.pick({
  id: true,
  name: true,
  transport: true,
  address: true,
  port: true,
  user: true,
  access: true,
  login: true,
  jumpHost: true,
  pinnedKey: true,
  seenKey: true,
  status: true,
  operatingSystem: true,
  checkedAt: true,
  lastSeenAt: true,
  createdAt: true,
  group: true,
}).extend({
  targets: z.array(HostTarget.pick({ id: true, server: true, version: true, running: true, sites: true })),
  /** Of the sites of all its targets, how many do not run there as they were last saved. */
  outOfSync: z.int(),
});
export type HostSummary = z.infer<typeof HostSummary>;

export const HostsQuery = PageQuery.extend({
  search: z.string().max(200).optional().describe('Found anywhere in the name or the address'),
  groupId: z.string().max(64).optional().describe('A host group; `none` for hosts in no group'),
});

/** What somebody has to know of a host to choose it, or one of its web servers. */
export const HostChoice = Host.pick({
  id: true,
  name: true,
  transport: true,
  access: true,
  status: true,
  operatingSystem: true,
  group: true,
}).extend({
  /** `webServer`: place in the answer's `webServers`. */
  targets: z.array(z.object({ id: z.string(), webServer: z.int() })),
});
export type HostChoice = z.infer<typeof HostChoice>;

const read = { kind: 'team', permission: 'hosts.read' } as const;

export const hostLists = {
  list: operation({
    id: 'hosts.list',
    method: 'GET',
    path: '/api/v1/teams/{team}/hosts',
    summary: 'List hosts, by name',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: HostsQuery,
    body: null,
    response: page(HostSummary),
    status: 200,
  }),
  choices: operation({
    id: 'hosts.choices',
    method: 'GET',
    path: '/api/v1/teams/{team}/hosts/choices',
    summary: 'All hosts at once, with what is needed to choose one and to render files for its web servers',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: null,
    body: null,
    response: z.object({
      items: z.array(HostChoice),
      /** Most hosts of a fleet are alike: each web server that differs from the others is listed here once. */
      webServers: z.array(
        HostTarget.pick({ server: true, version: true, openssl: true, layout: true, modules: true }),
      ),
    }),
    status: 200,
  }),
  helpers: operation({
    id: 'hosts.helpers',
    method: 'GET',
    path: '/api/v1/teams/{team}/hosts/helpers',
    summary: 'Locked-down hosts, and whether the helper on them is older than this dashboard',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: null,
    body: null,
    response: z.object({
      items: z.array(
        Host.pick({ id: true, name: true, address: true, port: true, lastSeenAt: true }).extend({
          /** By what was seen last; `unknown` before a check has kept it. */
          helper: z.enum(['current', 'outdated', 'unknown']),
        }),
      ),
    }),
    status: 200,
  }),
  upgrade: operation({
    id: 'hosts.upgrade',
    method: 'GET',
    path: '/api/v1/teams/{team}/hosts/upgrade',
    summary: 'The script with which root brings the helper of any locked-down host up to date',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: null,
    body: null,
    response: z.object({
      fileName: z.string(),
      script: z.string(),
      /** Of the helper inside. */
      helperSha256: z.string(),
    }),
    status: 200,
  }),
};

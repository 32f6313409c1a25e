import 'server-only';
import { HostLogin } from '#api/contract/hosts';
import type { contract } from '#api/contract/index';
import { ServerKind } from '#core/web-server/render-target';
import type { Handler } from '../door/route';
import { cutPage } from '../platform/database/page-cursor';
import { describeColumns, factsReader } from './host-columns';
import { hostPage } from './host-page';
import { targetsOf } from './targets-of';

const key = (type: string | null, fingerprint: string | null) =>
  type && fingerprint ? { type, fingerprint } : null;

/** Hosts of the team by filter, by name, page by page. */
export const listHosts: Handler<typeof contract.hosts.list> = async ({ team, query }) => {
  const { rows, total } = await hostPage(team.id, query);
  const { items, next } = cutPage(rows, query.limit, ({ name }) => name);
  const targets = await targetsOf(
    team.id,
    items.map(({ id }) => id),
  );
  const readFacts = factsReader();
  const described = items.map((row) => {
    const facts = readFacts(row.facts);
    const own = targets.get(row.id) ?? [];
    return {
      ...describeColumns(row),
      address: row.address,
      port: Number(row.port),
      user: row.user,
      login: HostLogin.parse(row.login),
      jumpHost: row.jumpHostId === null ? null : { id: row.jumpHostId, name: row.jumpHostName ?? '' },
      pinnedKey: key(row.hostKeyType, row.hostKeyFingerprint),
      seenKey: key(row.seenKeyType, row.seenKeyFingerprint),
      operatingSystem: facts?.operatingSystem ?? null,
      targets: own.map(({ id, server, sites }) => {
        const found = facts?.servers.find((each) => each.server === server);
        return {
          id,
          server: ServerKind.parse(server),
          version: found?.version ?? null,
          running: found?.running ?? false,
          sites,
        };
      }),
      outOfSync: own.reduce((sum, { outOfSync }) => sum + outOfSync, 0),
      checkedAt: row.checkedAt?.toISOString() ?? null,
      lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
    };
  });
  return { items: described, next, total };
};

import 'server-only';
import type { contract } from '#api/contract/index';
import { ServerKind } from '#core/web-server/render-target';
import { Prisma } from '../../generated/prisma/client';
import type { Handler } from '../door/route';
import { readRows } from '../platform/database/db';
import { describeColumns, factsReader, type HostColumns, hostColumns } from './host-columns';
import { webServerOf } from './web-server-of';

const { sql } = Prisma;

/** All hosts of the team by name, for those who choose among them. */
export const listHostChoices: Handler<typeof contract.hosts.choices> = async ({ team }) => {
  const rows = await readRows<HostColumns>(
    team.id,
    sql`SELECT ${hostColumns} FROM "Host" h WHERE h."archivedAt" IS NULL ORDER BY h."name", h."id"`,
  );
  const targets = new Map<string, { readonly id: string; readonly server: string }[]>(
    rows.map(({ id }) => [id, []]),
  );
  for (const { id, hostId, server } of await readRows<{ id: string; hostId: string; server: string }>(
    team.id,
    sql`SELECT t."id", t."hostId", t."server" FROM "Target" t ORDER BY t."server"`,
  ))
    targets.get(hostId)?.push({ id, server });
  const readFacts = factsReader();
  const webServers = new Map<
    string,
    { readonly place: number; readonly value: ReturnType<typeof webServerOf> }
  >();
  const items = rows.map((row) => {
    const facts = readFacts(row.facts);
    return {
      ...describeColumns(row),
      operatingSystem: facts?.operatingSystem ?? null,
      targets: (targets.get(row.id) ?? []).map(({ id, server }) => {
        const value = webServerOf(facts, ServerKind.parse(server));
        const name = JSON.stringify(value);
        const { place } = webServers.get(name) ?? { place: webServers.size };
        webServers.set(name, { place, value });
        return { id, webServer: place };
      }),
    };
  });
  return { items, webServers: [...webServers.values()].map(({ value }) => value) };
};

import 'server-only';
import type { contract } from '#api/contract/index';
import type { ServerInventory } from '#core/inventory/server-inventory';
import { Prisma } from '../../generated/prisma/client';
import type { Handler } from '../door/route';
import { TransportError } from '../platform/errors/transport-error';
import { describeHost, hostInclude } from './describe-host';
import { findHost } from './find-host';
import { type HostFacts, preflightOnHost, readEffective, readFacts } from './helper/host';
import { failedChecks, hostChecks, type Reach } from './host-checks';
import { inventoriesOf } from './inventory/inventories-of';
import type { KeptInventory } from './inventory/kept-inventory';
import { recordInventory } from './inventory/record-inventory';
import { openHost } from './open-host';
import { ownPublicKey } from './own-public-key';
import { failureColumns } from './record-seen-key';
import type { ServerTest } from './server-checks';
import type { Transport } from './ssh/transport';
import { tryOtherDoors } from './ssh/try-other-doors';
import { storedFacts } from './stored-facts';

/** Each web server's verdict on its own files: a preflight that changes nothing. */
async function testServers(
  transport: Transport,
  { servers }: HostFacts,
  signal: AbortSignal,
): Promise<ServerTest[]> {
  const tests: ServerTest[] = [];
  for (const { server, mainConfigExists } of servers) {
    if (!mainConfigExists) continue;
    const { baseline } = await preflightOnHost(
      transport,
      { server, changes: [], certificates: [] },
      { signal },
    );
    if (baseline) tests.push({ server, passed: baseline.passed, output: baseline.text });
  }
  return tests;
}

/** What each web server serves. Not being able to tell is no reason to keep the rest of the list back. */
async function takeInventory(
  transport: Transport,
  { servers }: HostFacts,
  signal: AbortSignal,
): Promise<KeptInventory[]> {
  if (servers.length === 0) return [];
  const configs = await readEffective(
    transport,
    servers.map(({ server }) => server),
    { signal },
  );
  return inventoriesOf(configs, servers);
}

const adminOf = (inventories: readonly ServerInventory[]): string | null =>
  inventories.find(({ server }) => server === 'caddy')?.admin ?? null;

async function look(hostId: string, reach: Reach, sshPort: number, signal: AbortSignal) {
  let transport: Transport | undefined;
  try {
    transport = await openHost(hostId);
    const facts = await readFacts(transport, { signal });
    const tests = await testServers(transport, facts, signal);
    const inventories = await takeInventory(transport, facts, signal);
    const doors = reach.access === 'enrolled' ? await tryOtherDoors(transport, sshPort, signal) : [];
    return { facts, inventories, checks: hostChecks(facts, tests, reach, doors, adminOf(inventories)) };
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    return { error, checks: failedChecks(error, reach) };
  } finally {
    await transport?.close();
  }
}

/**
 * Runs the check list on a host and keeps it: facts, web servers found (as targets), red lines. An unreachable host is an answer too,
 * with the line that failed and its fix; what was known of it before stays.
 */
export const checkHost: Handler<typeof contract.hosts.check> = async ({
  db,
  params,
  team,
  signal,
  change,
}) => {
  const host = await findHost(db, params.id);
  const transport = host.transport === 'local' ? 'local' : 'ssh';
  const access = host.access === 'enrolled' ? 'enrolled' : 'direct';
  const reach = { transport, user: host.user, publicKey: ownPublicKey(host), access } as const;
  const seen = await look(host.id, reach, host.port, signal);
  return change(async (tx) => {
    for (const { server } of seen.facts?.servers ?? []) {
      const target = await tx.target.upsert({
        where: { hostId_server: { hostId: host.id, server } },
        create: { teamId: team.id, hostId: host.id, server },
        update: {},
      });
      const found = seen.inventories?.find((each) => each.server === server);
      await recordInventory(tx, target.id, found ?? { error: 'the host did not report it' });
    }
    const now = new Date();
    const row = await tx.host.update({
      where: { id: host.id },
      data: {
        checks: seen.checks,
        checkedAt: now,
        ...(seen.facts
          ? { facts: storedFacts(seen.facts), lastSeenAt: now, lastError: Prisma.DbNull }
          : failureColumns(seen.error)),
      },
      include: hostInclude,
    });
    const red = seen.checks.filter(({ status }) => status === 'failed').map(({ id }) => id);
    return {
      value: describeHost(row),
      audit: { subject: `host ${host.name}`, subjectId: host.id, detail: { failed: red } },
    };
  });
};

import 'server-only';
import { HostAccess } from '#api/contract/hosts';
import { readFacts } from '../../hosts/helper/host';
import { failedChecks, hostChecks } from '../../hosts/host-checks';
import { closeHosts, openHost } from '../../hosts/open-host';
import { db } from '../../platform/database/db';
import { TransportError } from '../../platform/errors/transport-error';
import { mapBounded } from '../../platform/jobs/map-bounded';
import { type Finding, failed, ok, warning } from './finding';

const hostsAtOnce = 8;
const timeoutMs = 30_000;

async function checkOne(id: string): Promise<Finding> {
  const host = await db().host.findUniqueOrThrow({ where: { id }, include: { team: true } });
  const name = `host ${host.team.slug}/${host.name}`;
  const transport = host.transport === 'local' ? 'local' : 'ssh';
  const access = HostAccess.parse(host.access);
  const reach = { transport, user: host.user, publicKey: host.publicKey, access } as const;
  const checks = await (async () => {
    const opened = await openHost(id).catch((error: unknown) => error);
    if (opened instanceof Error) {
      if (opened instanceof TransportError) return failedChecks(opened, reach);
      return opened.message;
    }
    const connection = opened as Awaited<ReturnType<typeof openHost>>;
    try {
      const facts = await readFacts(connection, { signal: AbortSignal.timeout(timeoutMs) });
      return hostChecks(facts, [], reach);
    } catch (error) {
      if (error instanceof TransportError) return failedChecks(error, reach);
      return error instanceof Error ? error.message : String(error);
    } finally {
      await connection.close();
    }
  })();
  if (typeof checks === 'string') return failed(name, checks);
  const red = checks.find(({ status }) => status === 'failed');
  if (red) return failed(name, `${red.message} ${red.fix ?? ''}`.trim(), ...red.commands);
  const odd = checks.find(({ status }) => status === 'warning');
  if (odd) return warning(name, `${odd.message} ${odd.fix ?? ''}`.trim(), ...odd.commands);
  return ok(name, 'Reached; its checks are green.');
}

/** Every host of every team: whether it is reached, is the one that was trusted, and has what an apply needs. Only reads there. */
export async function checkHosts(): Promise<readonly Finding[]> {
  const rows = await db().host.findMany({
    where: { archivedAt: null },
    select: { id: true },
    orderBy: { name: 'asc' },
  });
  const findings: Finding[] = [];
  await mapBounded(rows, hostsAtOnce, async ({ id }) => {
    findings.push(await checkOne(id));
  });
  await closeHosts();
  return findings.sort((a, b) => a.id.localeCompare(b.id));
}

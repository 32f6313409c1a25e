import 'server-only';
import type { EventOf } from '#core/host/event';
import type { Issue } from '#core/issue';
import type { Site } from '#core/site/schema';
import type { Transport } from '#server/hosts/ssh/transport';
import { TransportError } from '#server/platform/errors/transport-error';
import { mapBounded } from '#server/platform/jobs/map-bounded';

const timeoutMs = 3000;
const concurrency = 8;
export const silentUpstreamCode = 'upstream.silent';

/**
 * Asks the host itself to connect to each upstream of the sites, as its web server will. One warning for each that does not
 * answer: the plan may be applied all the same, but the site's pages will fail.
 *
 * @param exists what is known of unix sockets on the host
 * @param listeners what listens on the host, for one whose key forwards nothing: it tells of upstreams on the host itself, and nothing of
 * others
 */
export async function checkUpstreams(
  transport: Transport,
  sites: readonly Site[],
  exists: ReadonlyMap<string, 'absent' | 'file' | 'other'>,
  listeners: readonly EventOf<'listener'>[] = [],
): Promise<Issue[]> {
  const servers = sites.flatMap((site) =>
    site.upstreams.flatMap((upstream, index) =>
      upstream.servers.map((server, each) => ({
        site: site.name,
        server,
        path: ['upstreams', index, 'servers', each],
      })),
    ),
  );
  const answers = new Map<string, Promise<string | null>>();
  const found = await mapBounded(
    servers,
    concurrency,
    async ({ site, server, path }): Promise<Issue | null> => {
      if ('socket' in server) {
        return exists.get(server.socket) === 'absent'
          ? silent(site, [...path, 'socket'], server.socket, 'there is no such socket')
          : null;
      }
      const where = `${server.address}:${server.port}`;
      const known = answers.get(where) ?? ask(transport, server.address, server.port, listeners);
      answers.set(where, known);
      const reason = await known;
      return reason === null ? null : silent(site, [...path, 'port'], where, reason);
    },
  );
  return found.filter((issue) => issue !== null);
}

const ownAddress = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/;

/** Why the upstream does not answer, `null` when it does, or when nobody can tell from here. */
async function ask(
  transport: Transport,
  address: string,
  port: number,
  listeners: readonly EventOf<'listener'>[],
): Promise<string | null> {
  if (transport.account !== 'enrolled') return connect(transport, address, port);
  if (!ownAddress.test(address)) return null;
  const there = listeners.some((listener) => listener.protocol === 'tcp' && listener.port === port);
  return there ? null : 'nothing listens on that port';
}

/** Why the host could not connect, `null` when it could. */
async function connect(transport: Transport, address: string, port: number): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const opening = transport.forward(address, port);
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), timeoutMs);
  });
  try {
    const stream = await Promise.race([opening, late]);
    stream.on('error', () => undefined);
    stream.destroy();
    return null;
  } catch (error) {
    // It may still open after we gave up on it.
    opening.then(
      (stream) => stream.destroy(),
      () => undefined,
    );
    return reasonOf(error);
  } finally {
    clearTimeout(timer);
  }
}

/** A host that forwards nothing at all says nothing about the upstream. */
function reasonOf(error: unknown): string | null {
  if (!(error instanceof TransportError)) return error instanceof Error ? error.message : String(error);
  if (error.code !== 'forward-refused') throw error;
  if (error.detail.denied) return null;
  const reason = (error.detail.reason ?? '').replace(/^.*Channel open failure:\s*/i, '');
  return reason || 'it refused';
}

const silent = (site: string, path: Issue['path'], where: string, reason: string): Issue => ({
  code: silentUpstreamCode,
  severity: 'warning',
  path,
  message: `The upstream ${where} does not answer on this host now (${reason}).`,
  hint: 'Start the CI server, or correct its address and port. Until then visitors get an error page.',
  site,
});

import 'server-only';
import { pairIssues } from '#core/plan/pair-issues';
import type { Rendering } from '#core/servers/types';
import type { ServerKind } from '#core/web-server/render-target';
import { readPairs } from '#server/hosts/helper/host-certificates';
import type { Transport } from '#server/hosts/ssh/transport';
import type { PlannedSite } from './load-plan-targets';
import { runsAlready } from './runs-already';

const most = 200;

/** What the certificates of the chosen sites are worth as they lie on the host: those that the site names, and those that the host makes itself. */
export async function certificateFindings(
  transport: Transport,
  sites: readonly PlannedSite[],
  rendering: Rendering,
  server: ServerKind,
  signal: AbortSignal,
): Promise<ReturnType<typeof pairIssues>> {
  const wanted = sites
    .flatMap((site) => {
      const { document, running, name } = site;
      if (!document) return [];
      const { tls, httpsPort, hostnames } = document;
      const made = rendering.certificates.find((each) => each.kind === 'self-signed' && each.site === name);
      const files =
        tls.mode === 'files' ? { certificatePath: tls.certificate, keyPath: tls.key } : (made ?? null);
      if (!files) return [];
      const { certificatePath, keyPath } = files;
      const same =
        running?.tls.mode === tls.mode &&
        (running.tls.mode !== 'files' || running.tls.certificate === certificatePath);
      return [
        {
          site: name,
          selfSigned: tls.mode !== 'files',
          inUse: same && runsAlready(site),
          request: { certificatePath, keyPath, port: httpsPort, hostnames: [...hostnames] },
        },
      ];
    })
    .slice(0, most);
  if (wanted.length === 0) return pairIssues([]);
  const found = await readPairs(
    transport,
    { server, pairs: wanted.map(({ request }) => request) },
    { signal },
  );
  return pairIssues(
    wanted.map(({ request: _request, ...site }, index) => ({ ...site, pair: found[index] ?? null })),
  );
}

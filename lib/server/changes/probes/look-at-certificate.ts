import 'server-only';
import { siteProbes } from '#core/probe/site-probes';
import { openHost } from '../../hosts/open-host';
import { openReach } from '../../hosts/reach';
import { db } from '../../platform/database/db';
import { write } from '../../platform/database/write';
import { log } from '../../platform/log';
import { storedDocument } from '../../sites/stored-document';
import { probedPorts, probeSite } from './probe-site';

const loopback = '127.0.0.1';

/**
 * Looks at the certificate that one target serves for a site now, and keeps what was seen. What was known stays when nobody could look:
 * that is no news about a certificate. Never throws for a host out of reach.
 */
export async function lookAtCertificate(siteId: string, targetId: string): Promise<void> {
  const placement = await db().siteTarget.findUnique({
    where: { siteId_targetId: { siteId, targetId } },
    include: { target: { include: { host: true } } },
  });
  if (!placement || placement.appliedRevision === null) return;
  const { host } = placement.target;
  const revision = await db().siteRevision.findUniqueOrThrow({
    where: { siteId_number: { siteId, number: placement.appliedRevision } },
  });
  const document = storedDocument(revision.document);
  const specs = siteProbes(document).filter(({ kind }) => kind === 'certificate');
  try {
    const transport = await openHost(host.id);
    const address = transport.kind === 'local' ? loopback : host.address;
    const reach = openReach(
      { address, forward: (port) => transport.forward(loopback, port) },
      probedPorts(document),
    );
    const seen = await probeSite(document, specs, reach).finally(() => transport.close());
    const rows = seen
      .filter(({ detail }) => typeof detail.expiresAt === 'string')
      .map(({ site: _site, ...outcome }) => ({ ...outcome, siteId, targetId, phase: 'scheduled' }));
    if (rows.length > 0) await write((tx) => tx.probeResult.createMany({ data: rows }));
  } catch (error) {
    log().info({ err: error, siteId, host: host.name }, 'the certificate could not be looked at');
  }
}

import 'server-only';
import { randomBytes } from 'node:crypto';
import type { Fingerprint } from '#core/change/file-state';
import type { EventOf } from '#core/host/event';
import type { Issue } from '#core/issue';
import { hostErrorIssue } from '#core/plan/host-error';
import { acmeDirectoryOf, currentLink } from '#core/resolve/certificate-paths';
import { ServerKind } from '#core/web-server/render-target';
import { addressFromHere } from '../hosts/address-from-here';
import {
  applyOnHost,
  confirmOnHost,
  readState,
  recoverOnHost,
  rollbackOnHost,
  statusOnHost,
} from '../hosts/helper/host';
import { certificateRequestOnHost, putChainOnHost } from '../hosts/helper/host-certificates';
import { openHost } from '../hosts/open-host';
import type { Transport } from '../hosts/ssh/transport';
import { db } from '../platform/database/db';
import { storedDocument } from '../sites/stored-document';
import { type CertificateRow, hostnamesOf, saveCertificate } from './certificate-row';
import { readChain } from './read-chain';
import { recordIssued } from './record-issued';
import { type Served, seeServed, unlike } from './see-served';

/** The host kept or restored what it served before, for this reason. */
export class SwitchFailed extends Error {
  override readonly name = 'SwitchFailed';
  readonly hint: string;
  constructor({ message, hint }: Pick<Issue, 'message' | 'hint'>) {
    super(message);
    this.hint = hint ?? 'Look at the host.';
  }
}

/** Time to look at what is served before the host goes back by itself. */
const trialSeconds = 120;
const looks = 5;
const pauseMs = 700;
const conflictPauseMs = 20_000;

const placeOf = (row: CertificateRow) => {
  const server = ServerKind.parse(row.target.server);
  return { server, directory: acmeDirectoryOf(server, row.name), generation: row.nextGeneration ?? '' };
};

async function onHost<T>(row: CertificateRow, work: (transport: Transport) => Promise<T>): Promise<T> {
  const transport = await openHost(row.target.hostId);
  return work(transport).finally(() => transport.close());
}

/** The host makes the key of the generation that was written down, or tells the request that it has made before. */
export async function makeKey(row: CertificateRow, signal: AbortSignal): Promise<void> {
  const keyType = row.keyType === 'rsa' ? 'rsa' : 'ecdsa';
  const csr = await onHost(row, (transport) =>
    certificateRequestOnHost(
      transport,
      { ...placeOf(row), keyType, hostnames: hostnamesOf(row) },
      { signal },
    ),
  );
  await saveCertificate(row.id, { csr, stage: 'order' });
}

/** Puts the chain beside its key, and writes down the apply that will switch to it. */
export async function putChain(row: CertificateRow, signal: AbortSignal): Promise<void> {
  await onHost(row, (transport) =>
    putChainOnHost(
      transport,
      { ...placeOf(row), hostnames: hostnamesOf(row), chain: row.nextChain ?? '' },
      { signal },
    ),
  );
  await saveCertificate(row.id, { switchId: `cert-${randomBytes(10).toString('hex')}`, stage: 'switch' });
}

/**
 * Serves the new generation: an apply of one link under the host's journal and watchdog, confirmed when the new certificate was seen with its whole
 * chain. An apply that was begun before is asked about first.
 */
export function serveChain(row: CertificateRow, signal: AbortSignal): Promise<void> {
  return onHost(row, async (transport) => {
    const switchId = row.switchId ?? '';
    const { journal } = await statusOnHost(transport, switchId, { signal });
    if (journal) return settle(row, transport, switchId, journal, signal);
    const { server, directory, generation } = placeOf(row);
    const path = `${directory}/${currentLink}`;
    const state = await readState(
      transport,
      { servers: [], paths: [path], exists: [], contents: false },
      { signal },
    );
    const before: Fingerprint = state.files.find((file) => file.path === path)?.fingerprint ?? {
      kind: 'absent',
    };
    const { httpsPort } = await appliedDocument(row);
    const answer = await applyOnHost(
      transport,
      {
        applyId: switchId,
        holder: 'gatehouse-certificates',
        holdSeconds: trialSeconds,
        startIfStopped: false,
        server,
        changes: [
          {
            path,
            action: before.kind === 'absent' ? 'create' : 'update',
            before,
            after: { kind: 'link', target: generation },
            role: 'enable',
          },
        ],
        certificates: [],
        listeners: [{ port: httpsPort, protocol: 'tcp' }],
        asks: [],
      },
      { signal },
    );
    switch (answer.outcome) {
      case 'holding':
        return confirmWhatServes(row, transport, switchId, signal);
      case 'unchanged':
        return recordWhatServes(row, transport, signal);
      case 'refused':
        if (answer.conflict) return again(row, conflictPauseMs);
    }
    const [first] = answer.errors;
    throw new SwitchFailed(
      hostErrorIssue(first?.code ?? 'not-proven', { path: first?.path, text: first?.text }),
    );
  });
}

/** What the host says has become of a switch that this or an earlier process began. */
async function settle(
  row: CertificateRow,
  transport: Transport,
  switchId: string,
  { state, watchdog, reason }: EventOf<'journal'>,
  signal: AbortSignal,
): Promise<void> {
  switch (state) {
    case 'holding':
      return confirmWhatServes(row, transport, switchId, signal);
    case 'confirmed':
      return recordWhatServes(row, transport, signal);
    case 'rolled-back':
      // Nobody was there to confirm it: the chain is good, and is switched to once more.
      if (reason === 'deadline-passed' || reason === 'helper-died' || reason === 'interrupted')
        return saveCertificate(row.id, { stage: 'install' });
      throw new SwitchFailed(hostErrorIssue(reason ?? 'not-proven'));
    case 'restore-failed':
      throw new SwitchFailed(hostErrorIssue('restore-failed'));
    case 'open':
    case 'rolling-back':
      if (watchdog === 'dead') await recoverOnHost(transport, { signal });
      return again(row, 1_000);
  }
}

const again = (row: CertificateRow, ms: number) =>
  saveCertificate(row.id, { stage: 'install', nextAt: new Date(Date.now() + ms) });

async function confirmWhatServes(
  row: CertificateRow,
  transport: Transport,
  switchId: string,
  signal: AbortSignal,
): Promise<void> {
  const seen = await lookUntilNew(row, transport, signal);
  if (seen.fault !== null) {
    await rollbackOnHost(transport, switchId, { signal });
    throw new SwitchFailed({
      message: `${seen.fault} The host went back to what it served before.`,
      hint: 'See whether another site or another process answers for this name on the https port.',
    });
  }
  const { outcome } = await confirmOnHost(transport, switchId, { signal });
  if (outcome !== 'confirmed') return again(row, 1_000);
  await recordIssued(row, seen.served ? new Date() : null);
}

async function recordWhatServes(
  row: CertificateRow,
  transport: Transport,
  signal: AbortSignal,
): Promise<void> {
  const seen = await lookUntilNew(row, transport, signal);
  if (seen.fault !== null)
    throw new SwitchFailed({ message: seen.fault, hint: 'Renew it once more, or look at the host.' });
  await recordIssued(row, seen.served ? new Date() : null);
}

/** `served` is `null` where the dashboard cannot get to the port: then the host's own proof is the only one. */
async function lookUntilNew(
  row: CertificateRow,
  transport: Transport,
  signal: AbortSignal,
): Promise<{ served: Served | null; fault: string | null }> {
  const { httpsPort, proxyProtocol } = await appliedDocument(row);
  const issued = readChain(row.nextChain ?? '');
  const asked = {
    transport,
    address: addressFromHere(row.target.host),
    port: httpsPort,
    hostname: hostnamesOf(row)[0] ?? '',
    proxyProtocol,
    signal,
  };
  let fault: string | null = null;
  for (let look = 1; look <= looks; look++) {
    try {
      const served = await seeServed(asked);
      fault = served === null ? null : unlike(served, issued);
      if (fault === null) return { served, fault };
    } catch (error) {
      fault = `No certificate was to be seen: ${error instanceof Error ? error.message : String(error)}.`;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return { served: null, fault };
}

async function appliedDocument(row: CertificateRow) {
  const { siteId, targetId } = row;
  const placement = await db().siteTarget.findUnique({ where: { siteId_targetId: { siteId, targetId } } });
  const number = placement?.appliedRevision ?? row.site.head;
  const revision = await db().siteRevision.findUniqueOrThrow({
    where: { siteId_number: { siteId, number } },
  });
  return storedDocument(revision.document);
}

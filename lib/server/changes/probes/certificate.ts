import 'server-only';
import { checkServerIdentity, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import type { ProbeSpec } from '#core/presets/probe-spec';
import { openLine } from './exchange';
import type { Finding, ProbedSite } from './probed-site';

const dayMs = 86_400_000;
/** Below this a certificate that nobody renews becomes an outage soon. */
const soonDays = 14;

/** The certificate that is served covers every name of the site and is valid now, by the host's clock. */
export async function probeCertificate(
  site: ProbedSite,
  spec: Extract<ProbeSpec, { kind: 'certificate' }>,
  signal: AbortSignal,
): Promise<Finding> {
  if (!site.tls) return { status: 'skipped', message: 'The site has no TLS.', detail: {} };
  const { stream, tls, via } = await openLine(site, {}, signal);
  try {
    return tls
      ? judge(tls, spec, via, site.reach.hostNow())
      : { status: 'failed', message: 'There is no TLS on this port.', detail: {} };
  } finally {
    stream.destroy();
  }
}

function judge(
  tls: TLSSocket,
  spec: Extract<ProbeSpec, { kind: 'certificate' }>,
  via: string,
  nowMs: number,
): Finding {
  const certificate = tls.getPeerCertificate(true);
  const [from, until] = [new Date(certificate.valid_from), new Date(certificate.valid_to)];
  const daysLeft = Math.floor((until.getTime() - nowMs) / dayMs);
  const selfSigned = String(tls.authorizationError ?? '') === 'DEPTH_ZERO_SELF_SIGNED_CERT';
  const detail = {
    via,
    expiresAt: until.toISOString(),
    daysLeft,
    trusted: tls.authorized,
    meant: spec.trusted,
    selfSigned,
    chainLength: chainLength(certificate),
    issuer: oneLine(certificate.issuer?.O ?? certificate.issuer?.CN),
    subject: oneLine(certificate.subject?.CN),
    protocol: tls.getProtocol(),
  };
  const failed = (message: string): Finding => ({ status: 'failed', message, detail });
  const uncovered = spec.hostnames.filter((name) => !covers(certificate, name));
  if (uncovered.length > 0) return failed(`The certificate does not cover ${uncovered.join(', ')}.`);
  if (from.getTime() > nowMs) return failed(`The certificate is not valid before ${from.toISOString()}.`);
  if (daysLeft < 0) return failed(`The certificate expired on ${until.toISOString().slice(0, 10)}.`);
  const days = `${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} left`;
  const soon = daysLeft < soonDays ? ' Renew it soon.' : '';
  if (tls.authorized) return { status: 'passed', message: `Valid and trusted, ${days}.${soon}`, detail };
  const why = selfSigned ? 'self-signed' : `its chain is not trusted here: ${tls.authorizationError}`;
  const meant = spec.trusted
    ? ' Browsers that do not know its issuer will warn.'
    : ' Browsers warn about it.';
  return { status: 'passed', message: `Covers all names, ${days}, but ${why}.${meant}${soon}`, detail };
}

/** A wildcard name of the site is covered when a name below it is. */
function covers(certificate: DetailedPeerCertificate, name: string): boolean {
  return checkServerIdentity(name.replace(/^\*/, 'gatehouse-probe'), certificate) === undefined;
}

function chainLength(certificate: DetailedPeerCertificate): number {
  const seen = new Set<string>();
  let current: DetailedPeerCertificate | undefined = certificate;
  while (current?.fingerprint256 && !seen.has(current.fingerprint256)) {
    seen.add(current.fingerprint256);
    current = current.issuerCertificate;
  }
  return seen.size;
}

/** Names in a certificate are the host's text: one short line of them is kept. */
function oneLine(text: string | string[] | undefined): string | null {
  const first = Array.isArray(text) ? text[0] : text;
  return first === undefined ? null : first.replace(/[\p{Cc}\u2028\u2029]/gu, ' ').slice(0, 120);
}

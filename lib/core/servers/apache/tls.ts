import type { Issue } from '../../issue';
import { remember } from '../../remember';
import { certificatePaths } from '../../resolve/certificate-paths';
import type { ResolvedSite, ResolvedTls, ResolvedVhost } from '../../resolve/resolved';
import { tlsCurves } from '../../tls/profiles';
import type { RenderTarget } from '../../web-server/render-target';
import { atLeast } from '../../web-server/version';
import { type ApacheNode, because, directive } from './directive';

/** TLS of a vhost; nothing for clear text. */
export function tlsNodes(
  vhost: ResolvedVhost,
  site: ResolvedSite,
  target: RenderTarget,
): readonly ApacheNode[] {
  if (vhost.tls === null) return [];
  const { certificate, profile } = vhost.tls;
  // Without a certificate of its own the vhost must still parse; `automatic` is refused by an issue.
  const paths = certificatePaths(certificate, target, site.name);
  return [
    directive('SSLEngine', ['on'], certificate.origin),
    directive('SSLCertificateFile', [paths.certificatePath], certificate.origin),
    directive('SSLCertificateKeyFile', [paths.keyPath], certificate.origin),
    ...profileNodes(target)(profile),
  ];
}

/** The same for all sites of a target with the same profile. */
const profileNodes = remember((target: RenderTarget) =>
  remember((profile: ResolvedTls['profile']) => protocolNodes(profile, target)),
);

function protocolNodes(profile: ResolvedTls['profile'], target: RenderTarget): readonly ApacheNode[] {
  const { protocols, ciphers } = profile.value;
  // Written as what is left out: an OpenSSL without TLS 1.3 does not know its name and would refuse the line.
  const left = ['-SSLv3', '-TLSv1', '-TLSv1.1', ...(protocols.includes('TLSv1.2') ? [] : ['-TLSv1.2'])];
  const curves = atLeast(target.openssl, '3.5')
    ? tlsCurves.hybrid
    : atLeast(target.openssl, '1.1.1')
      ? tlsCurves.classic
      : null;
  return [
    directive('SSLProtocol', ['all', ...left], profile.origin),
    ...(ciphers.length === 0 ? [] : [directive('SSLCipherSuite', [ciphers.join(':')], profile.origin)]),
    directive(
      'SSLHonorCipherOrder',
      ['off'],
      because('Mozilla guideline 6.0: the client knows which cipher it computes fastest'),
    ),
    directive(
      'SSLSessionTickets',
      ['off'],
      because('Mozilla guideline 6.0: httpd does not rotate ticket keys'),
    ),
    ...(curves === null
      ? []
      : [
          directive(
            'SSLOpenSSLConfCmd',
            ['Curves', curves.join(':')],
            because(
              curves === tlsCurves.hybrid
                ? 'hybrid ML-KEM group because OpenSSL ≥ 3.5'
                : 'no ML-KEM group because OpenSSL < 3.5',
            ),
          ),
        ]),
  ];
}

/** What Apache cannot do of the TLS settings. */
export function tlsIssues(vhost: ResolvedVhost): readonly Issue[] {
  if (vhost.tls?.certificate.value.kind !== 'automatic') return [];
  return [
    {
      code: 'apache.automatic-certificate',
      severity: 'error',
      path: vhost.tls.certificate.origin.path ?? ['tls'],
      message: 'Apache httpd does not obtain certificates by itself here',
      hint: 'Let the dashboard obtain it from an issuer (ACME), give the files of a certificate that is on the host, or use Caddy for this site.',
    },
  ];
}

import type { ResolvedUpstream } from '../../../resolve/resolved';
import { trustedCertificates } from '../layout';
import { type Directive, directive } from '../tree';
import type { ProxyFamily } from './headers';
import type { VhostView } from './vhost-view';

/** How an upstream with TLS proves itself; nginx verifies nothing and sends no name unless told so. */
export function upstreamTls(
  { target, issues }: Pick<VhostView, 'target' | 'issues'>,
  upstream: ResolvedUpstream,
  family: ProxyFamily,
): readonly Directive[] {
  if (!upstream.tls) return [];
  const { verify, serverName } = upstream.tls;
  const name = serverName
    ? [
        directive(serverName.origin, `${family}_ssl_server_name`, 'on'),
        directive(serverName.origin, `${family}_ssl_name`, serverName.value),
      ]
    : [];
  if (verify.value.mode === 'skip') return [...name, directive(verify.origin, `${family}_ssl_verify`, 'off')];
  if (!serverName) {
    issues.error(
      'nginx.upstream-name',
      [...(upstream.origin.path ?? []), 'serverName'],
      'nginx compares the upstream’s certificate with a name, and there is none',
      'Give the name in the certificate, or skip the verification.',
    );
  }
  const authorities =
    verify.value.mode === 'ca-file' ? verify.value.caFile : trustedCertificates(target.layout);
  return [
    ...name,
    directive(verify.origin, `${family}_ssl_verify`, 'on'),
    // The default of 1 refuses chains with more than one intermediate.
    directive(verify.origin, `${family}_ssl_verify_depth`, '4'),
    directive(verify.origin, `${family}_ssl_trusted_certificate`, authorities),
  ];
}

import { remember } from '../../../remember';
import { certificatePaths } from '../../../resolve/certificate-paths';
import type { ResolvedTls } from '../../../resolve/resolved';
import { tlsCurves } from '../../../tls/profiles';
import type { RenderTarget } from '../../../web-server/render-target';
import { atLeast } from '../../../web-server/version';
import { because, can } from '../capabilities';
import { type Directive, directive, type Node, shared } from '../tree';
import type { IssueList } from './issue-list';

/** Certificate and protocol settings of a server with TLS. */
export function tlsDirectives(
  site: string,
  tls: ResolvedTls,
  target: RenderTarget,
  issues: IssueList,
): readonly Node[] {
  return [...certificate(site, tls, target, issues), profile(tls, target, issues)];
}

function certificate(
  site: string,
  tls: ResolvedTls,
  target: RenderTarget,
  issues: IssueList,
): readonly Directive[] {
  const { value, origin } = tls.certificate;
  if (value.kind === 'automatic') {
    issues.error(
      'nginx.automatic-tls',
      origin.path,
      'nginx does not obtain certificates by itself',
      'Let the dashboard obtain it from an issuer (ACME), or choose certificate files or a self-signed certificate.',
    );
  }
  const { certificatePath, keyPath } = certificatePaths(tls.certificate, target, site);
  return [
    directive(origin, 'ssl_certificate', certificatePath),
    directive(origin, 'ssl_certificate_key', keyPath),
  ];
}

const resumption = directive({ path: null, why: 'resumption within a day' }, 'ssl_session_timeout', '1d');
const sessionCache = directive(
  { path: null, why: 'one cache for all sites, about 40,000 sessions' },
  'ssl_session_cache',
  'shared:gatehouse:10m',
);

function profile(tls: ResolvedTls, target: RenderTarget, issues: IssueList): Node {
  const { value, origin } = tls.profile;
  if (value.name === 'modern' && target.openssl !== null && !atLeast(target.openssl, '1.1.1')) {
    issues.error(
      'nginx.no-tls13',
      origin.path,
      `the modern profile needs TLS 1.3, which OpenSSL ${target.openssl} does not have`,
      'Choose the intermediate profile.',
    );
  }
  return profileLines(target)(tls.profile);
}

/** The same for all sites of a target with the same profile. */
const profileLines = remember((target: RenderTarget) =>
  remember(({ value, origin }: ResolvedTls['profile']) =>
    shared([
      directive(origin, 'ssl_protocols', ...value.protocols),
      ...(value.ciphers.length === 0 ? [] : [directive(origin, 'ssl_ciphers', value.ciphers.join(':'))]),
      directive(origin, 'ssl_prefer_server_ciphers', 'off'),
      ...curves(target),
      resumption,
      sessionCache,
      ...(can(target, 'rotatedTickets')
        ? []
        : [
            directive(
              {
                path: null,
                why: `tickets off: ${because(target, 'rotatedTickets')}, keys would never change`,
              },
              'ssl_session_tickets',
              'off',
            ),
          ]),
    ]),
  ),
);

function curves({ openssl }: RenderTarget): readonly Directive[] {
  // An older OpenSSL refuses the whole list because of one unknown name; without knowing it, its own default is right.
  if (openssl === null || !atLeast(openssl, '1.1.0')) return [];
  const hybrid = atLeast(openssl, '3.5.0');
  const why = hybrid ? 'hybrid key exchange: OpenSSL ≥ 3.5' : `no ML-KEM in OpenSSL ${openssl} < 3.5`;
  return [
    directive(
      { path: null, why },
      'ssl_ecdh_curve',
      (hybrid ? tlsCurves.hybrid : tlsCurves.classic).join(':'),
    ),
  ];
}

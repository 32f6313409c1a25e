import type { LayoutId } from '../../web-server/render-target';
import type { RenderedLink } from '../types';

/** Where nginx reads files from, by distribution (packages' own nginx.conf). */
interface Layout {
  /** Directory of site files. */
  readonly sites: string;
  /** Directory of links that switch site files on; `null` where every file counts. */
  readonly enabled: string | null;
  /** Directory read before the sites, at http level. */
  readonly shared: string;
  readonly logs: string;
  /** Certificates that the system trusts. */
  readonly trustedCertificates: string;
}

const layouts: Readonly<Record<LayoutId, Layout>> = {
  debian: {
    sites: '/etc/nginx/sites-available',
    enabled: '/etc/nginx/sites-enabled',
    shared: '/etc/nginx/conf.d',
    logs: '/var/log/nginx',
    trustedCertificates: '/etc/ssl/certs/ca-certificates.crt',
  },
  rhel: {
    sites: '/etc/nginx/conf.d',
    enabled: null,
    shared: '/etc/nginx/conf.d',
    logs: '/var/log/nginx',
    trustedCertificates: '/etc/pki/tls/certs/ca-bundle.crt',
  },
  alpine: {
    sites: '/etc/nginx/http.d',
    enabled: null,
    shared: '/etc/nginx/http.d',
    logs: '/var/log/nginx',
    trustedCertificates: '/etc/ssl/certs/ca-certificates.crt',
  },
  arch: {
    sites: '/etc/nginx/conf.d',
    enabled: null,
    shared: '/etc/nginx/conf.d',
    logs: '/var/log/nginx',
    trustedCertificates: '/etc/ssl/certs/ca-certificates.crt',
  },
  opensuse: {
    sites: '/etc/nginx/vhosts.d',
    enabled: null,
    shared: '/etc/nginx/vhosts.d',
    logs: '/var/log/nginx',
    trustedCertificates: '/etc/ssl/ca-bundle.pem',
  },
  freebsd: {
    sites: '/usr/local/etc/nginx/conf.d',
    enabled: null,
    shared: '/usr/local/etc/nginx/conf.d',
    logs: '/var/log/nginx',
    trustedCertificates: '/etc/ssl/cert.pem',
  },
  brew: {
    sites: '/opt/homebrew/etc/nginx/servers',
    enabled: null,
    shared: '/opt/homebrew/etc/nginx/servers',
    logs: '/opt/homebrew/var/log/nginx',
    trustedCertificates: '/etc/ssl/cert.pem',
  },
};

export const logDirectory = (layout: LayoutId) => layouts[layout].logs;
export const trustedCertificates = (layout: LayoutId) => layouts[layout].trustedCertificates;

/** File of one site. */
export const sitePath = (layout: LayoutId, site: string) => `${layouts[layout].sites}/gatehouse-${site}.conf`;

/** The link that switches a site's file on, where the distribution works so. */
export function enableLink(layout: LayoutId, site: string): RenderedLink | null {
  const { enabled } = layouts[layout];
  if (enabled === null) return null;
  return {
    kind: 'link',
    path: `${enabled}/gatehouse-${site}.conf`,
    role: 'enable',
    site,
    target: sitePath(layout, site),
  };
}

/** File of what all sites share. Its name sorts before the sites': log formats must be known before they are used. */
export const sharedPath = (layout: LayoutId) => `${layouts[layout].shared}/00-gatehouse.conf`;

/** Glob patterns of all paths that belong to us. */
export function managedPaths(layout: LayoutId): readonly string[] {
  const { sites, enabled } = layouts[layout];
  return [
    sharedPath(layout),
    `${sites}/gatehouse-*.conf`,
    ...(enabled === null ? [] : [`${enabled}/gatehouse-*.conf`]),
  ];
}
